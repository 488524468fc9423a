import { Controller, Get, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CommunityAccess } from '../communities/community-access.service.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { networkOf, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { cardView } from './referral-card.view.js';
import { ReferralCards } from './referral-cards.service.js';

/** A printable referral card for therapists, doctors and friends, and the link behind its code. */
@Controller()
export class ReferralCardController {
  constructor(
    private readonly access: CommunityAccess,
    private readonly cards: ReferralCards,
    private readonly config: Config,
    private readonly limits: RateLimits,
  ) {}

  @Get('c/:slug/card')
  async card(@CurrentViewer() viewer: MaybeViewer, @Param('slug') slug: string): Promise<Page> {
    const community = await this.access.load(viewer, slug);
    const card = await this.cards.of(viewer, community);
    return page('finding/card', cardView(community, card, this.config.baseUrl), {
      titleKey: 'finding.card.title',
    });
  }

  /** The rate limit prevents enumeration of codes. */
  @Get('go/:code')
  async go(@Req() req: Request, @Param('code') code: string): Promise<SeeOther> {
    await this.limits.count('card-code', networkOf(req), 60, 600);
    return seeOther(`/c/${await this.cards.slugOf(code)}`);
  }
}

import { Controller, Get, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { canModerate } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { networkOf, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { NotFound } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import { qrSvg } from '../rendering/qr.js';

const cardOf = statement<{ communityId: string }, { summary: string; code: string }>(
  'finding.card',
  'select c.summary, c.card_code as code from communities c where c.id = :communityId',
);
const byCode = statement<{ plain: string }, { slug: string }>(
  'finding.card-code',
  'select c.slug from communities c where c.card_code = :plain and c.archived_at is null',
);

/**
 * A card that somebody hands on: a therapist, a doctor, a friend. Its code stands for the
 * community; who gave it and who came is nowhere.
 */
@Controller()
export class ReferralCardController {
  constructor(
    private readonly door: CommunityAccess,
    private readonly sql: Sql,
    private readonly config: Config,
    private readonly limits: RateLimits,
  ) {}

  @Get('c/:slug/card')
  async card(@CurrentViewer() viewer: MaybeViewer, @Param('slug') slug: string): Promise<Page> {
    const community = await this.door.load(viewer, slug);
    const forAll = community.visibility === 'public' || community.visibility === 'members';
    if (!forAll && !canModerate(viewer, community)) throw new NotFound();
    const card = await this.sql.first(cardOf, { communityId: community.id });
    if (card === null || community.archived) throw new NotFound();
    const address = `${this.config.baseUrl}/go/${card.code}`;
    const view = {
      slug,
      name: community.name,
      summary: card.summary,
      svg: qrSvg(address),
      address: `${this.config.baseUrl}/go/${spoken(card.code)}`.replace(/^https?:\/\//, ''),
      closed: !forAll,
    };
    return page('finding/card', view, { titleKey: 'finding.card.title' });
  }

  /** To the preview, and nothing is written down; codes cannot be tried one after the other. */
  @Get('go/:code')
  async go(@Req() req: Request, @Param('code') code: string): Promise<SeeOther> {
    await this.limits.count('card-code', networkOf(req), 60, 600);
    const plain = code.toLowerCase().replace(/[^0-9a-f]/g, '');
    const found = plain.length === 10 ? await this.sql.first(byCode, { plain }) : null;
    if (found === null) throw new NotFound('finding.card.unknown');
    return seeOther(`/c/${found.slug}`);
  }
}

/** As one types it: in small groups. */
function spoken(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

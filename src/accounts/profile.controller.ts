import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { localPath, page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { profileView } from './profile.view.js';
import { Profiles } from './profiles.service.js';

/**
 * A member's profile as other members see it: what they chose to show, and nothing written under an
 * alias.
 */
@Controller()
export class ProfileController {
  constructor(
    private readonly profiles: Profiles,
    private readonly limits: RateLimits,
  ) {}

  @Get('@:handle')
  @AllowReplicaLag()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('handle') handle: string,
  ): Promise<Page> {
    const row = await this.profiles.load(viewer, handle);
    return page('accounts/profile', profileView(i18n, viewer, row), { title: row.handle });
  }

  @Post('members/:handle/block')
  async block(
    @CurrentMember() viewer: Viewer,
    @Param('handle') handle: string,
    @Req() req: Request,
  ): Promise<SeeOther> {
    await this.profiles.load(viewer, handle);
    await this.limits.count('block', viewer.memberId, 100, 3_600);
    await this.profiles.block(viewer, handle);
    return seeOther(back(req, handle), 'posts.notice.blocked');
  }

  @Post('members/:handle/unblock')
  async unblock(
    @CurrentMember() viewer: Viewer,
    @Param('handle') handle: string,
    @Req() req: Request,
  ): Promise<SeeOther> {
    await this.profiles.unblock(viewer, handle);
    return seeOther(back(req, handle), 'accounts.notice.unblocked');
  }
}

function back(req: Request, handle: string): string {
  return localPath((req.body as { back?: unknown } | undefined)?.back, `/@${handle}`);
}

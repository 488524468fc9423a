import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { bodyHtml } from '../content/markdown.js';
import { localPath, page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { avatarSvg } from './avatar.js';
import { HANDLE } from './handles.js';
import { block, profile, unblock, type ProfileRow } from './settings.queries.js';

/**
 * A member as other members see them: what they chose to show, and nothing written under an alias.
 */
@Controller()
export class ProfileController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly limits: RateLimits,
  ) {}

  @Get('@:handle')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('handle') handle: string,
  ): Promise<Page> {
    const row = await this.known(viewer, handle);
    const view = {
      handle: row.handle,
      avatar: avatarSvg(row.avatarSeed),
      bodyHtml: row.about === '' ? null : bodyHtml(row.about),
      since: i18n.month(row.createdAt),
      role:
        row.role === 'member' ? null : { kind: row.role, label: i18n.t(`posts.role.${row.role}`) },
      mine: row.id === viewer.memberId,
      blocked: row.blocked,
      memorial: row.memorial,
    };
    return page('accounts/profile', view, { title: row.handle });
  }

  /** Silent: the other is not told, and nothing they see changes. */
  @Post('members/:handle/block')
  async block(
    @CurrentMember() viewer: Viewer,
    @Param('handle') handle: string,
    @Req() req: Request,
  ): Promise<SeeOther> {
    await this.known(viewer, handle);
    await this.limits.count('block', viewer.memberId, 100, 3_600);
    await this.sql.rows(block, { viewerId: viewer.memberId, handle });
    return seeOther(back(req, handle), 'posts.notice.blocked');
  }

  @Post('members/:handle/unblock')
  async unblock(
    @CurrentMember() viewer: Viewer,
    @Param('handle') handle: string,
    @Req() req: Request,
  ): Promise<SeeOther> {
    await this.sql.rows(unblock, { viewerId: viewer.memberId, handle });
    return seeOther(back(req, handle), 'accounts.notice.unblocked');
  }

  private async known(viewer: Viewer, handle: string): Promise<ProfileRow> {
    const row = HANDLE.test(handle)
      ? await this.sql.first(profile, { handle, viewerId: viewer.memberId, now: this.clock.now() })
      : null;
    if (row === null) throw new NotFound();
    return row;
  }
}

function back(req: Request, handle: string): string {
  return localPath((req.body as { back?: unknown } | undefined)?.back, `/@${handle}`);
}

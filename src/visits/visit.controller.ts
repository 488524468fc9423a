import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommunityAccess } from '../communities/community-access.service.js';
import { Visits } from '../communities/visits.service.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { threadItem } from '../threads/thread-list.view.js';
import { visitedPlace, visitedThreads } from './visits.queries.js';

/** Looking round in a community without joining, and the one note about it after a week. */
@Controller()
export class VisitController {
  constructor(
    private readonly door: CommunityAccess,
    private readonly visits: Visits,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly limits: RateLimits,
  ) {}

  @Post('c/:slug/visit')
  async visit(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<SeeOther> {
    await this.limits.count('join', viewer.memberId, 60, 3_600);
    const done = await this.visits.begin(viewer, await this.door.load(viewer, slug));
    return seeOther(`/c/${slug}`, `communities.notice.${done}`);
  }

  @Get('visits/:id')
  async week(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const place = await this.sql.first(visitedPlace, {
      communityId: id,
      viewerId: viewer.memberId,
    });
    if (place === null) throw new NotFound();
    const threads = await this.sql.rows(visitedThreads, {
      communityId: id,
      viewerId: viewer.memberId,
      since: later(this.clock.now(), -7 * DAY),
    });
    const view = {
      slug: place.slug,
      name: place.name,
      visitUntil: place.visitUntil === null ? null : i18n.date(place.visitUntil),
      threads: threads.map((row) => threadItem(row, i18n)),
    };
    return page('belonging/first-week', view, { titleKey: 'belonging.week.title' });
  }
}

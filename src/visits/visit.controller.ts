import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommunityAccess } from '../communities/community-access.service.js';
import { Visits } from '../communities/visits.service.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { VisitWeek } from './visit-week.service.js';
import { visitWeekView } from './visit-week.view.js';

/** Visiting a community without joining, and the page about the first week of a visit. */
@Controller()
export class VisitController {
  constructor(
    private readonly access: CommunityAccess,
    private readonly visits: Visits,
    private readonly visitWeek: VisitWeek,
    private readonly limits: RateLimits,
  ) {}

  @Post('c/:slug/visit')
  async visit(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<SeeOther> {
    await this.limits.count('join', viewer.memberId, 60, 3_600);
    const outcome = await this.visits.begin(viewer, await this.access.load(viewer, slug));
    return seeOther(`/c/${slug}`, `communities.notice.${outcome}`);
  }

  @Get('visits/:id')
  async week(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const facts = await this.visitWeek.read(viewer, id);
    return page('belonging/first-week', visitWeekView(facts, i18n), {
      titleKey: 'belonging.week.title',
    });
  }
}

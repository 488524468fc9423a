import { Controller, Get, Param } from '@nestjs/common';
import { canModerate } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { soon } from '../communities/fit-facts.js';
import { page, type Page } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { health, weeks } from './community-health.queries.js';

/**
 * How a group is doing, for those who look after it: who waits, who is new, how soon people are
 * answered. About nobody by name.
 */
@Controller('c/:slug/health')
export class CommunityHealthController {
  constructor(
    private readonly door: CommunityAccess,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const community = await this.door.load(viewer, slug);
    if (!canModerate(viewer, community)) throw new NotFound();
    const now = this.clock.now();
    const row = await this.sql.first(health, {
      communityId: community.id,
      dayAgo: later(now, -DAY),
      twoMonthsAgo: later(now, -60 * DAY),
      monthAgo: later(now, -30 * DAY),
    });
    const rows = await this.sql.rows(weeks, {
      communityId: community.id,
      since: later(now, -49 * DAY),
      until: later(now, -DAY),
    });
    const view = {
      slug,
      name: community.name,
      facts:
        row === null
          ? []
          : [
              {
                label: i18n.t('finding.health.waiting'),
                text: i18n.t('finding.health.waiting-count', {
                  count: row.waiting,
                  since: row.longest === null ? '' : i18n.when(row.longest),
                }),
              },
              {
                label: i18n.t('finding.health.newcomers'),
                text: i18n.t('finding.health.newcomers-count', {
                  count: row.newcomers,
                  wrote: row.wrote,
                }),
              },
              {
                label: i18n.t('finding.health.welcomed'),
                text: i18n.t('finding.health.welcomed-count', {
                  count: row.opened,
                  welcomed: row.welcomed,
                }),
              },
            ],
      weeks: rows.map((week) => ({
        week: i18n.date(week.week),
        threads: week.threads,
        answered: week.answered,
        first: week.minutes === null ? '–' : soon(week.minutes, i18n),
      })),
    };
    return page('finding/health', view, { titleKey: 'finding.health.title' });
  }
}

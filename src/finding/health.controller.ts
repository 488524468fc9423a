import { Controller, Get, Param } from '@nestjs/common';
import { canModerate } from '../communities/community-access.js';
import { CommunityDoor } from '../communities/community-door.js';
import { soon } from '../communities/fit-facts.js';
import { page, type Page } from '../http/page.js';
import { InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { health, weeks } from './health.queries.js';

/**
 * How a group is doing, for those who look after it: who waits, who is new, how soon people are
 * answered. About nobody by name.
 */
@Controller('c/:slug/health')
export class HealthOfGroupController {
  constructor(
    private readonly door: CommunityDoor,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const community = await this.door.open(viewer, slug);
    if (!canModerate(viewer, community)) throw new NotFound();
    const now = this.clock.now();
    const row = await this.sql.first(health, [
      community.id,
      later(now, -DAY),
      later(now, -60 * DAY),
      later(now, -30 * DAY),
    ]);
    const rows = await this.sql.rows(weeks, [
      community.id,
      later(now, -49 * DAY),
      later(now, -DAY),
    ]);
    const view = {
      slug,
      name: community.name,
      facts:
        row === null
          ? []
          : [
              {
                label: words.t('finding.health.waiting'),
                text: words.t('finding.health.waiting-count', {
                  count: row.waiting,
                  since: row.longest === null ? '' : words.when(row.longest),
                }),
              },
              {
                label: words.t('finding.health.newcomers'),
                text: words.t('finding.health.newcomers-count', {
                  count: row.newcomers,
                  wrote: row.wrote,
                }),
              },
              {
                label: words.t('finding.health.welcomed'),
                text: words.t('finding.health.welcomed-count', {
                  count: row.opened,
                  welcomed: row.welcomed,
                }),
              },
            ],
      weeks: rows.map((week) => ({
        week: words.date(week.week),
        threads: week.threads,
        answered: week.answered,
        first: week.minutes === null ? '–' : soon(week.minutes, words),
      })),
    };
    return page('finding/health', view, { titleKey: 'finding.health.title' });
  }
}

import { Controller, Get } from '@nestjs/common';
import { Moderator } from '../../http/guards.js';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Clock, DAY, later, MINUTE } from '../../kernel/clock.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { figures, type Figure } from './stats.queries.js';
import { statsView } from './stats.view.js';

const QUARTER = 90 * DAY;
const YEAR = 365 * DAY;
/** A year of everything is counted once for all who look within this time. */
const KEPT = 10 * MINUTE;

/**
 * How moderation goes, in figures: for moderators of their own places, and for everybody of the
 * whole.
 */
@Controller()
export class StatsController {
  private kept: { at: number; rows: Promise<Figure[]> } | null = null;

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  @Moderator()
  @Get('mod/stats')
  async stats(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const now = this.clock.now();
    const rows = await this.sql.rows(figures, {
      viewerId: viewer.memberId,
      everything: isStaff(viewer),
      since: later(now, -QUARTER),
      now,
    });
    return page(
      'moderation/stats',
      { tabs: { stats: true }, ...statsView(rows, { exact: true, detailed: true }, i18n) },
      { titleKey: 'moderation.stats.title' },
    );
  }

  @Get('transparency')
  async transparency(@I18n() i18n: Translator): Promise<Page> {
    const now = this.clock.now();
    const view = {
      from: i18n.date(later(now, -YEAR)),
      to: i18n.date(now),
      ...statsView(await this.year(now), { exact: false, detailed: false }, i18n),
    };
    return page('moderation/transparency', view, {
      titleKey: 'moderation.transparency.title',
      indexable: true,
      publicFor: 300,
    });
  }

  private year(now: Date): Promise<Figure[]> {
    if (this.kept === null || now.getTime() - this.kept.at > KEPT) {
      const rows = this.sql.rows(figures, {
        viewerId: null,
        everything: true,
        since: later(now, -YEAR),
        now,
      });
      this.kept = { at: now.getTime(), rows };
      // What failed is asked again by the next who looks.
      rows.catch(() => {
        this.kept = null;
      });
    }
    return this.kept.rows;
  }
}

import { Injectable } from '@nestjs/common';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Clock, DAY, later, MINUTE } from '../../kernel/clock.js';
import { Sql } from '../../kernel/sql.js';
import { figures, type Figure } from './stats.queries.js';

const QUARTER = 90 * DAY;
const YEAR = 365 * DAY;
/** The figures of a year are counted once for all requests within this time. */
const CACHED_FOR = 10 * MINUTE;

export interface YearFigures {
  from: Date;
  to: Date;
  rows: Figure[];
}

@Injectable()
export class ModerationStats {
  private cached: { at: number; rows: Promise<Figure[]> } | null = null;

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** The last 90 days of the communities that the viewer moderates; for staff of the whole site. */
  quarter(viewer: Viewer): Promise<Figure[]> {
    const now = this.clock.now();
    return this.sql.rows(figures, {
      viewerId: viewer.memberId,
      everything: isStaff(viewer),
      since: later(now, -QUARTER),
      now,
    });
  }

  /** The last 365 days of the whole site, up to `CACHED_FOR` old. */
  async year(): Promise<YearFigures> {
    const now = this.clock.now();
    return { from: later(now, -YEAR), to: now, rows: await this.yearRows(now) };
  }

  private yearRows(now: Date): Promise<Figure[]> {
    if (this.cached === null || now.getTime() - this.cached.at > CACHED_FOR) {
      const rows = this.sql.rows(figures, {
        viewerId: null,
        everything: true,
        since: later(now, -YEAR),
        now,
      });
      this.cached = { at: now.getTime(), rows };
      // The caller reports the error; here it only leaves the cache, so that the next request asks
      // again.
      rows.catch(() => {
        this.cached = null;
      });
    }
    return this.cached.rows;
  }
}

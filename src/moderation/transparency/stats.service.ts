import { Injectable } from '@nestjs/common';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { CachedAnswer } from '../../kernel/cached-answer.js';
import { Clock, DAY, later, MINUTE } from '../../kernel/clock.js';
import { Sql } from '../../kernel/sql.js';
import { statsFigures, type FigureRow } from './stats.queries.js';

const QUARTER = 90 * DAY;
const YEAR = 365 * DAY;
/** The yearly figures are cached for all requests for this long, in milliseconds. */
const CACHED_FOR = 10 * MINUTE;

export interface YearFigures {
  from: Date;
  to: Date;
  rows: FigureRow[];
}

@Injectable()
export class ModerationStats {
  private readonly cached = new CachedAnswer<FigureRow[]>(CACHED_FOR);

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /**
   * The last 90 days of the communities that the viewer moderates; for staff, of the whole site.
   */
  quarter(viewer: Viewer): Promise<FigureRow[]> {
    const now = this.clock.now();
    return this.sql.rows(statsFigures, {
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

  private yearRows(now: Date): Promise<FigureRow[]> {
    const since = later(now, -YEAR);
    return this.cached.get(now, () =>
      this.sql.rows(statsFigures, { viewerId: null, everything: true, since, now }),
    );
  }
}

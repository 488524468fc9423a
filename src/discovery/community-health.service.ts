import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { health, weeks, type HealthRow, type WeekRow } from './community-health.queries.js';

export interface Health {
  figures: HealthRow | null;
  /** The last eight weeks, newest first. */
  weeks: WeekRow[];
}

/** Statistics of a community for its moderators; none of them identifies a member. */
@Injectable()
export class CommunityHealth {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async of(communityId: string): Promise<Health> {
    const now = this.clock.now();
    const figures = await this.sql.first(health, {
      communityId,
      dayAgo: later(now, -DAY),
      twoMonthsAgo: later(now, -60 * DAY),
      monthAgo: later(now, -30 * DAY),
    });
    const since = later(now, -49 * DAY);
    const rows = await this.sql.rows(weeks, { communityId, since, until: later(now, -DAY) });
    return { figures, weeks: rows };
  }
}

import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Sql } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { visitsOfAWeek } from './first-weeks.queries.js';
import { Notifier } from './notifier.service.js';

/**
 * Notifies members once after a week of visiting a community: what happened there, and that the
 * visit ends automatically.
 */
@Injectable()
@Handles('tell-first-weeks', 'bulk')
export class FirstWeeksJob implements Job {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly notifier: Notifier,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    const visits = await this.sql.rows(visitsOfAWeek, { beganBefore: later(now, -7 * DAY), now });
    for (const visitor of visits)
      await this.database.inTransaction((tx) => this.notifier.notify(tx, 'first-week', visitor));
  }
}

import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Sql } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { authorsToAsk } from './how-it-is.queries.js';
import { Notifier } from './notifier.service.js';

/** Days after the start of a thread until its author is asked. */
const DELAY_DAYS = 42;
/**
 * Days during which a thread qualifies: long enough for authors who wrote in it for a while, short
 * enough that an upgraded site does not ask about all old threads.
 */
const WINDOW = 62;
/** Days since the author last wrote in the thread, and since they were asked about another one. */
const QUIET_DAYS = 14;
const INTERVAL_DAYS = 28;
/** Days since a crisis. */
const DAYS_AFTER_CRISIS = 90;

/**
 * Asks authors once, some weeks after they started a thread, how things are now, so that those who
 * replied can learn how it went. Idempotent: each thread is asked about once.
 */
@Injectable()
@Handles('ask-how-it-is', 'bulk')
export class HowItIsJob implements Job {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly notifier: Notifier,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    const authors = await this.sql.rows(authorsToAsk, {
      from: later(now, -(DELAY_DAYS + WINDOW) * DAY),
      to: later(now, -DELAY_DAYS * DAY),
      quietSince: later(now, -QUIET_DAYS * DAY),
      askedSince: later(now, -INTERVAL_DAYS * DAY),
      calmSince: later(now, -DAYS_AFTER_CRISIS * DAY),
      now,
    });
    for (const author of authors)
      await this.database.inTransaction((tx) => this.notifier.notify(tx, 'how-is-it-now', author));
  }
}

import { Injectable } from '@nestjs/common';
import { HelplineStore } from '../../helplines/helpline-store.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Sql } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { administratorsToRemind } from './helplines-due.queries.js';
import { Notifier } from './notifier.service.js';

/** Milliseconds until administrators are reminded again, if the helplines have not been checked. */
const REMINDER_INTERVAL = 14 * DAY;

/**
 * Reminds administrators before the checks of helplines expire, because a wrong number does harm.
 * Runs daily; a second run on the same day finds the notice and adds none.
 */
@Injectable()
@Handles('remind-of-helplines', 'bulk')
export class HelplinesDueJob implements Job {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly helplines: HelplineStore,
    private readonly notifier: Notifier,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    if ((await this.helplines.countDue()) === 0) return;
    const since = later(now, -REMINDER_INTERVAL);
    for (const { memberId } of await this.sql.rows(administratorsToRemind, { since })) {
      const recipient = { memberId, subjectId: memberId };
      await this.database.inTransaction((tx) =>
        this.notifier.notifyAgain(tx, 'helplines-due', recipient, now),
      );
    }
  }
}

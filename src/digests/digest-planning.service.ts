import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { Sql } from '../kernel/sql.js';
import { MailSettings } from '../notifications/preferences/mail-settings.service.js';
import { backAgain, dueMembers, openDigests, planNext } from './digest-rows.queries.js';
import { nextAfter, windowAt } from './digest-windows.js';

const AT_A_TIME = 200;

/**
 * Turns hours that have come into digests to be sent: rows with a window, one a member and window,
 * whoever tries.
 */
@Injectable()
export class DigestPlanning {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly settings: MailSettings,
  ) {}

  /** @returns how many members it planned for */
  async planDue(): Promise<number> {
    const now = this.clock.now();
    return this.database.inTransaction(async (tx) => {
      const due = await this.sql.rowsIn(tx, dueMembers, { now, limit: AT_A_TIME });
      if (due.length === 0) return 0;
      const planned = due.map((row) => ({
        row,
        window: windowAt(row.due, row),
        next: nextAfter(now, row.pausedUntil, row),
      }));
      const opened = planned.flatMap(({ row, window }) =>
        window === null ? [] : [{ ...window, memberId: row.memberId }],
      );
      await this.sql.rowsIn(tx, openDigests, {
        members: opened.map((each) => each.memberId),
        and: opened.map((each) => each.dailySince),
        beginnings: opened.map((each) => each.weeklySince),
        ends: opened.map((each) => each.until),
        now,
      });
      const ended = (began: Date | null | undefined, until: Date): Date | null =>
        began == null ? null : until;
      await this.sql.rowsIn(tx, planNext, {
        members: planned.map(({ row }) => row.memberId),
        nextTimes: planned.map(({ next }) => next),
        endsDailyWindows: planned.map(({ row, window }) => ended(window?.dailySince, row.due)),
        planned: planned.map(({ row, window }) => ended(window?.weeklySince, row.due)),
      });
      return due.length;
    });
  }

  /** Whoever was away for long, had their last note and has come back gets digests again. */
  async welcomeBack(): Promise<void> {
    for (const { memberId } of await this.sql.rows(backAgain, { limit: AT_A_TIME }))
      await this.settings.replan(memberId);
  }
}

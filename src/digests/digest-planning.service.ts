import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { Sql } from '../kernel/sql.js';
import { MailSettings } from '../notifications/preferences/mail-settings.service.js';
import { dueMembers, openDigests, planNext, returnedMembers } from './digest-rows.queries.js';
import { nextForMany, windowAt } from './digest-windows.js';

const BATCH = 200;

/**
 * Opens a digest for each member who is due, and schedules the next one. A unique key guarantees
 * one row per member and window, even with concurrent workers.
 */
@Injectable()
export class DigestPlanning {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly settings: MailSettings,
  ) {}

  /** @returns number of members scheduled; 0 if nobody is due */
  async planDue(): Promise<number> {
    const now = this.clock.now();
    return this.database.inTransaction(async (tx) => {
      const due = await this.sql.rowsIn(tx, dueMembers, { now, limit: BATCH });
      if (due.length === 0) return 0;
      const next = nextForMany(now);
      const plans = due.map((member) => ({
        member,
        window: windowAt(member.due, member),
        next: next(member.pausedUntil, member),
      }));
      const opened = plans.flatMap(({ member, window }) =>
        window === null ? [] : [{ ...window, memberId: member.memberId }],
      );
      await this.sql.rowsIn(tx, openDigests, {
        members: opened.map(({ memberId }) => memberId),
        dailySince: opened.map(({ dailySince }) => dailySince),
        weeklySince: opened.map(({ weeklySince }) => weeklySince),
        until: opened.map(({ until }) => until),
        now,
      });
      await this.sql.rowsIn(tx, planNext, {
        members: plans.map(({ member }) => member.memberId),
        next: plans.map(({ next }) => next),
        dailyUntil: plans.map(({ window, member }) =>
          window?.dailySince == null ? null : member.due,
        ),
        weeklyUntil: plans.map(({ window, member }) =>
          window?.weeklySince == null ? null : member.due,
        ),
      });
      return due.length;
    });
  }

  /** Schedules digests again for members who returned after the last email of a long absence. */
  async resumeReturned(): Promise<void> {
    for (const { memberId } of await this.sql.rows(returnedMembers, { limit: BATCH }))
      await this.settings.replan(memberId);
  }
}

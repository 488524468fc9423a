import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Outbox } from '../../outbox/outbox.js';
import { followUpDue, practiceDue } from '../core/toolkit.events.js';

const BATCH_SIZE = 500;
export const FOLLOW_UP_WITHIN = 14 * DAY;

// Claims and counts in one statement, so that concurrent workers send one reminder. Members with
// nothing saved get none.
const practice = statement<{ now: Date }, { memberId: string; number: string }>(
  'toolkit.practice-due',
  `update toolkit_settings s set reminded_at = :now, reminders = reminders + 1 from (
     select x.member_id
     from toolkit_settings x
     join members m on m.id = x.member_id
       and m.closed_at is null
       and (m.break_until is null or m.break_until < :now)
     where x.remind_every is not null
       and coalesce(x.reminded_at,
         '-infinity') <= :now::timestamptz - make_interval(days => x.remind_every)
       and exists (select 1 from toolkit_items i where i.member_id = x.member_id)
     order by x.member_id limit ${BATCH_SIZE} for update of x skip locked) d
   where s.member_id = d.member_id returning s.member_id as "memberId", s.reminders::text as number`,
);
const sheets = statement<{ now: Date; since: Date }, { id: string }>(
  'toolkit.nearer-due',
  `update toolkit_sheets s set asked_at = :now from (
     select x.id
     from toolkit_sheets x
     join members m on m.id = x.member_id
       and m.closed_at is null
       and (m.break_until is null or m.break_until < :now)
     where x.ask_later and x.asked_at is null and x.created_at <= :since
     order by x.id
     limit ${BATCH_SIZE}
     for update of x skip locked) d
   where s.id = d.id returning s.id`,
);

/** Sends the reminders that members asked for, and no others. */
@Injectable()
export class Reminders {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  async practice(): Promise<void> {
    await this.inBatches(() =>
      this.database.inTransaction(async (tx) => {
        const due = await this.sql.rowsIn(tx, practice, { now: this.clock.now() });
        for (const { memberId, number } of due)
          await this.outbox.append(tx, practiceDue({ memberId, reminderId: number }));
        return due.length;
      }),
    );
  }

  /** Asks two weeks after a sheet was created whether it helped. */
  async askAboutSheets(): Promise<void> {
    const now = this.clock.now();
    await this.inBatches(() =>
      this.database.inTransaction(async (tx) => {
        const due = await this.sql.rowsIn(tx, sheets, {
          now,
          since: later(now, -FOLLOW_UP_WITHIN),
        });
        for (const { id } of due) await this.outbox.append(tx, followUpDue({ sheetId: id }));
        return due.length;
      }),
    );
  }

  private async inBatches(one: () => Promise<number>): Promise<void> {
    while ((await one()) === BATCH_SIZE);
  }
}

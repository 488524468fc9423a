import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { Notifier } from './notifier.service.js';

@Injectable()
@Handles('tell-of-pair', 'urgent')
export class NotifyPairRequestJob implements Job<{ caseId: string; memberId: string }> {
  constructor(
    private readonly database: Database,
    private readonly telling: Notifier,
  ) {}

  async run({ caseId, memberId }: { caseId: string; memberId: string }): Promise<void> {
    await this.database.inTransaction((tx) =>
      this.telling.notify(tx, 'paired', { memberId, subjectId: caseId }),
    );
  }
}

const reminder = statement<
  { reminderId: string },
  { memberId: string; caseId: string; about: 'debrief' | 'look-in' }
>(
  'notifications.reminder',
  `
    select member_id as "memberId", case_id as "caseId", about
    from case_reminders
    where id = :reminderId
  `,
);
// The second reminder takes the place of the first.
const first = statement<
  { memberId: string; caseId: string; about: string; reminderId: string },
  object
>(
  'notifications.first-reminder',
  `
    delete
    from notices n using case_reminders r
    where r.id = :reminderId
      and n.member_id = :memberId
      and n.subject_id = :caseId
      and n.kind = :about
      and n.created_at < r.created_at
  `,
);

@Injectable()
@Handles('tell-of-reminder', 'default')
export class NotifyReminderJob implements Job<{ reminderId: string }> {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly telling: Notifier,
  ) {}

  async run({ reminderId }: { reminderId: string }): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [row] = await this.sql.rowsIn(tx, reminder, { reminderId });
      if (row === undefined) return;
      await this.sql.rowsIn(tx, first, {
        memberId: row.memberId,
        caseId: row.caseId,
        about: row.about,
        reminderId,
      });
      await this.telling.notify(tx, row.about, { memberId: row.memberId, subjectId: row.caseId });
    });
  }
}

const given = statement<{ aftercareId: string }, { memberId: string }>(
  'notifications.aftercare',
  'select member_id as "memberId" from aftercare_notes where id = :aftercareId',
);

@Injectable()
@Handles('tell-of-aftercare', 'default')
export class NotifyAftercareJob implements Job<{ aftercareId: string }> {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly telling: Notifier,
  ) {}

  async run({ aftercareId }: { aftercareId: string }): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [row] = await this.sql.rowsIn(tx, given, { aftercareId });
      if (row !== undefined)
        await this.telling.notify(tx, 'aftercare', {
          memberId: row.memberId,
          subjectId: aftercareId,
        });
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { Notifier } from './notifier.service.js';

const called = statement<{ alarmId: string }, { memberId: string }>(
  'notifications.called',
  'select member_id as "memberId" from case_alarms where id = :alarmId and member_id is not null',
);
// One line in the inbox, however often somebody is called.
const earlier = statement<{ memberId: string; alarmId: string }, object>(
  'notifications.earlier-calls',
  `delete from notices where member_id = :memberId and kind = 'on-call' and subject_id < :alarmId`,
);

@Injectable()
@Handles('tell-of-alarm', 'urgent')
export class NotifyAlarmJob implements Job<{ alarmId: string }> {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly telling: Notifier,
  ) {}

  async run({ alarmId }: { alarmId: string }): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [row] = await this.sql.rowsIn(tx, called, { alarmId });
      if (row === undefined) return;
      await this.sql.rowsIn(tx, earlier, { memberId: row.memberId, alarmId });
      await this.telling.notify(tx, 'on-call', { memberId: row.memberId, subjectId: alarmId });
    });
  }
}

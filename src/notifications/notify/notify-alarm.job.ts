import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { Notifier } from './notifier.service.js';

const called = statement<{ memberId: string }>(
  'notifications.called',
  'select member_id as "memberId" from case_alarms where id = $1 and member_id is not null',
);
// One line in the inbox, however often somebody is called.
const earlier = statement(
  'notifications.earlier-calls',
  `delete from notices where member_id = $1 and kind = 'on-call' and subject_id < $2`,
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
      const [row] = await this.sql.rowsIn(tx, called, [alarmId]);
      if (row === undefined) return;
      await this.sql.rowsIn(tx, earlier, [row.memberId, alarmId]);
      await this.telling.notify(tx, 'on-call', { memberId: row.memberId, subjectId: alarmId });
    });
  }
}

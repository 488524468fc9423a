import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { Notifier } from './notifier.service.js';

const asker = statement<{ requestId: string }, { memberId: string }>(
  'notifications.request-asker',
  `
    select member_id as "memberId"
    from group_requests
    where id = :requestId and answered_at is not null
  `,
);

@Injectable()
@Handles('tell-of-group-request', 'default')
export class NotifyGroupRequestJob implements Job<{ requestId: string }> {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly telling: Notifier,
  ) {}

  async run({ requestId }: { requestId: string }): Promise<void> {
    const found = await this.sql.first(asker, { requestId });
    if (found !== null)
      await this.database.inTransaction((tx) =>
        this.telling.notify(tx, 'group-request', {
          memberId: found.memberId,
          subjectId: requestId,
        }),
      );
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { Notifier } from './notifier.service.js';

const asker = statement<{ answerId: string }, { memberId: string }>(
  'notifications.answer-asker',
  'select member_id as "memberId" from member_answers where id = :answerId',
);

/** Who asked to join, or to support, finds the answer in the inbox. */
@Injectable()
@Handles('tell-of-answer', 'default')
export class NotifyJoinAnswerJob implements Job<{ answerId: string }> {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly telling: Notifier,
  ) {}

  async run({ answerId }: { answerId: string }): Promise<void> {
    const found = await this.sql.first(asker, { answerId });
    if (found !== null)
      await this.database.inTransaction((tx) =>
        this.telling.notify(tx, 'answered', { memberId: found.memberId, subjectId: answerId }),
      );
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { Notifier } from './notifier.service.js';

const opener = statement<{ threadId: string }, { memberId: string; postId: string }>(
  'notifications.opener',
  `
    select p.author_id as "memberId", p.id as "postId"
    from threads t
    join posts p on p.thread_id = t.id and p.number = 1
   where t.id = :threadId and t.locked_at is not null and p.author_id is not null`,
);

/** Whoever opened a thread hears that it was closed to replies. */
@Injectable()
@Handles('tell-of-lock', 'default')
export class NotifyLockJob implements Job<{ threadId: string }> {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly telling: Notifier,
  ) {}

  async run(ids: { threadId: string }): Promise<void> {
    const found = await this.sql.first(opener, { threadId: ids.threadId });
    if (found !== null)
      await this.database.inTransaction((tx) => this.telling.notify(tx, 'thread-locked', found));
  }
}

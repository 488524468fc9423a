import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { Notifier } from './notifier.service.js';

/** Not where somebody has answered meanwhile. */
const askedMember = statement<{ asking: string }, { memberId: string }>(
  'notifications.asked-member',
  `
    select k.member_id as "memberId"
    from askings k
    join threads t on t.id = k.thread_id
      and t.status = 'published'
      and t.reply_count = 0
      and t.locked_at is null
    where k.id = :asking and k.answer is null
  `,
);
const restingMember = statement<{ restId: string }, { memberId: string }>(
  'notifications.resting-member',
  'select member_id as "memberId" from rests_offered where id = :restId',
);

@Injectable()
@Handles('tell-of-asking', 'default')
export class NotifySupportRequestJob implements Job<{ askingId: string }> {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly telling: Notifier,
  ) {}

  async run({ askingId }: { askingId: string }): Promise<void> {
    const asked = await this.sql.first(askedMember, { asking: askingId });
    if (asked !== null)
      await this.database.inTransaction((tx) =>
        this.telling.notify(tx, 'asked-to-answer', {
          memberId: asked.memberId,
          subjectId: askingId,
        }),
      );
  }
}

@Injectable()
@Handles('tell-of-rest', 'default')
export class NotifyBreakOfferJob implements Job<{ restId: string }> {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly telling: Notifier,
  ) {}

  async run({ restId }: { restId: string }): Promise<void> {
    const offered = await this.sql.first(restingMember, { restId });
    if (offered !== null)
      await this.database.inTransaction((tx) =>
        this.telling.notify(tx, 'rest-offered', { memberId: offered.memberId, subjectId: restId }),
      );
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { Notifier } from './notifier.service.js';

/** When the newest request to join or offer to support came in; null where none waits any more. */
const newestRequest = statement<{ communityId: string }, { at: Date | null }>(
  'notifications.newest-member-request',
  `
    select greatest(
      (select max(s.joined_at)
        from memberships s
        where s.community_id = :communityId and s.state = 'asked'),
      (select max(s.asked_at)
        from supporters s
        where s.community_id = :communityId and s.state = 'asked')) as at
  `,
);

/** The moderators of the community; of one that has none, the moderators of the site. */
const whoAnswers = statement<{ communityId: string }, { memberId: string }>(
  'notifications.who-answers-requests',
  `
    with own as (select s.member_id as id
      from memberships s
      join members m on m.id = s.member_id and m.closed_at is null
      where s.community_id = :communityId and s.role = 'moderator' and s.state = 'active')
    select id as "memberId"
    from own
    union all
    select m.id
    from members m
    where m.role <> 'member' and m.closed_at is null and not exists (select 1 from own)
    order by 1
  `,
);

/** One notice a community, however many ask: a newer request takes the place of the last notice. */
const forgetEarlier = statement<{ memberId: string; communityId: string; at: Date }, object>(
  'notifications.earlier-member-requests',
  `
    delete
    from notices
    where member_id = :memberId
      and kind = 'member-request'
      and subject_id = :communityId
      and created_at < :at
  `,
);

@Injectable()
@Handles('tell-of-member-request', 'default')
export class NotifyMemberRequestJob implements Job<{ communityId: string }> {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly notifier: Notifier,
  ) {}

  async run({ communityId }: { communityId: string }): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [newest] = await this.sql.rowsIn(tx, newestRequest, { communityId });
      const at = newest?.at ?? null;
      if (at === null) return;
      for (const { memberId } of await this.sql.rowsIn(tx, whoAnswers, { communityId })) {
        await this.sql.rowsIn(tx, forgetEarlier, { memberId, communityId, at });
        await this.notifier.notify(tx, 'member-request', { memberId, subjectId: communityId });
      }
    });
  }
}

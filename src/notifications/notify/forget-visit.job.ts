import { Injectable } from '@nestjs/common';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';

const deleteNotice = statement<{ memberId: string; communityId: string }, object>(
  'notifications.forget-visit',
  `
    delete from notices n
    where n.member_id = :memberId
      and n.kind = 'first-week'
      and n.subject_id = :communityId
      and not exists (select 1
        from memberships s
        where s.community_id = n.subject_id and s.member_id = n.member_id)
  `,
);

type Visit = { memberId: string; communityId: string };

/** Removes the notice of a visit that ended, as a visit leaves no trace. */
@Injectable()
@Handles('forget-visit', 'default')
export class ForgetVisitJob implements Job<Visit> {
  constructor(private readonly sql: Sql) {}

  async run({ memberId, communityId }: Visit): Promise<void> {
    await this.sql.rows(deleteNotice, { memberId, communityId });
  }
}

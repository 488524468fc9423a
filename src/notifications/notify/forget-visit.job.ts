import { Injectable } from '@nestjs/common';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';

const forget = statement<{ memberId: string; communityId: string }, object>(
  'notifications.forget-visit',
  `
    delete
    from notices n
    where n.member_id = :memberId and n.kind = 'first-week' and n.subject_id = :communityId
  and not exists (select 1
    from memberships s
    where s.member_id = n.member_id and s.community_id = n.subject_id)`,
);

/** A visit leaves no trace in the inbox either. */
@Injectable()
@Handles('forget-visit', 'default')
export class ForgetVisitJob implements Job<{ memberId: string; communityId: string }> {
  constructor(private readonly sql: Sql) {}

  async run(ids: { memberId: string; communityId: string }): Promise<void> {
    await this.sql.rows(forget, { memberId: ids.memberId, communityId: ids.communityId });
  }
}

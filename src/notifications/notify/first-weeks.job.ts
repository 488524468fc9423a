import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Sql, statement } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import { Notifier } from './notifier.service.js';

const visitsOfAWeek = statement<
  { beganBefore: Date; now: Date },
  { memberId: string; subjectId: string }
>(
  'notifications.first-weeks',
  `
    select s.member_id as "memberId", s.community_id as "subjectId"
    from memberships s
    join members m on m.id = s.member_id
    where s.state = 'visiting'
      and s.joined_at <= :beganBefore
      and s.expires_at > :now
      and (m.break_until is null or m.break_until < :now)
      and not exists (select 1
        from notices n
        where n.member_id = s.member_id and n.kind = 'first-week' and n.subject_id = s.community_id)
    order by s.member_id, s.community_id
    limit 5000
  `,
);

/**
 * After a week of visiting a community, one notice: what happened there, and that the visit ends by
 * itself.
 */
@Injectable()
@Handles('tell-first-weeks', 'bulk')
export class FirstWeeksJob implements Job {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly notifier: Notifier,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    const visits = await this.sql.rows(visitsOfAWeek, { beganBefore: later(now, -7 * DAY), now });
    for (const visitor of visits)
      await this.database.inTransaction((tx) => this.notifier.notify(tx, 'first-week', visitor));
  }
}

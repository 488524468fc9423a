import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Outbox } from '../../outbox/outbox.js';
import { Handles, type Job } from '../../queue/job.js';
import { aftercareGiven } from '../core/moderation.events.js';
import { queryIn } from '../../kernel/sql.js';

/**
 * After a crisis is escalated or closed, sends one note to every member who replied in its thread,
 * except the author and those who decided. A dismissed case sends none.
 */
@Injectable()
@Handles('give-aftercare', 'default')
export class GiveAftercareJob implements Job<{ decisionId: string }> {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  async run({ decisionId }: { decisionId: string }): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const inserted = await queryIn<{ id: string }>(
        tx,
        `insert into aftercare_notes (thread_id, member_id, created_at)
         select distinct p.thread_id, r.author_id, :now::timestamptz
         from decisions d
         join review_cases rc on rc.id = d.case_id and rc.kind = 'post'
         join posts p on p.id = rc.post_id
         join posts r on r.thread_id = p.thread_id
           and r.number > 1
           and r.status = 'published'
           and r.author_id is distinct from p.author_id
           and r.created_at <= d.created_at
         join members m on m.id = r.author_id and m.closed_at is null
         where d.id = :decisionId
           and rc.tier = 'crisis'
           and d.action not in ('dismiss', 'reach-out')
           and r.author_id <> all (array_remove(array[d.actor_id, d.second_id], null))
         order by 1, 2 on conflict do nothing returning id`,
        { decisionId, now: this.clock.now() },
      );
      for (const { id } of inserted)
        await this.outbox.append(tx, aftercareGiven({ aftercareId: id }));
    });
  }
}

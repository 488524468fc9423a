import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Outbox } from '../../outbox/outbox.js';
import { Handles, type Job } from '../../queue/job.js';
import { reminderDue } from '../core/moderation.events.js';
import { queryIn } from '../../kernel/sql.js';

/** Hours after the decision in a crisis. */
const AFTER = [24, 72] as const;

/**
 * Reminds a moderator one and three days after they handled a crisis: to look after themselves,
 * unless they have had a debrief, and to check on the member.
 */
@Injectable()
@Handles('remind-after-crisis', 'default')
export class RemindAfterCrisisJob implements Job {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      for (const hours of AFTER) {
        // The upper bound skips old crises if the job was down for days.
        const inserted = await queryIn<{ id: string }>(
          tx,
          `insert into case_reminders (case_id, member_id, about, hours, created_at)
           select x.case_id, x.actor_id, w.about, :hours::int, :now
           from (select d.case_id, d.actor_id, min(d.created_at) as at
             from decisions d
             join review_cases rc on rc.id = d.case_id
                 where rc.tier = 'crisis'
                   and d.actor_id is not null
                   and d.action not in ('dismiss', 'escalate')
                   and d.created_at > :now::timestamptz - interval '7 days'
                 group by 1, 2) x
           cross join unnest('{debrief,look-in}'::text[]) w (about)
           where x.at <= :now::timestamptz - :hours::int * interval '1 hour'
             and x.at > :now::timestamptz - (:hours::int + 24) * interval '1 hour'
             and not (w.about = 'debrief'
               and exists (select 1
                 from debriefs b
                 where b.case_id = x.case_id
                   and b.member_id = x.actor_id
                   and b.done_at is not null))
           on conflict do nothing returning id`,
          { hours, now },
        );
        for (const { id } of inserted)
          await this.outbox.append(tx, reminderDue({ reminderId: id }));
      }
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { Outbox } from '../outbox/outbox.js';
import { Handles, type Job } from '../queue/job.js';
import { caseRaised } from './cases.events.js';
import { queryIn, executeIn } from '../kernel/sql.js';

/**
 * Escalates a held post whose deadline has passed: releases the claim and raises the case once. The
 * post stays held; its author can still see and edit it, and is told that it takes longer.
 */
@Injectable()
@Handles('pass-on-held', 'urgent')
export class PassOnHeldJob implements Job {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      const late = await queryIn<{ id: string }>(
        tx,
        `
          select rc.id
          from posts p
          join review_cases rc on rc.post_id = p.id and rc.kind = 'post' and rc.state = 'open'
         where p.status = 'held'
           and p.held_until <= :now
           and not exists (select 1
             from case_reasons r
             where r.case_id = rc.id and r.source = 'hold' and r.reason = 'late')
         order by rc.id limit 200 for update of rc skip locked`,
        { now },
      );
      for (const { id } of late) {
        await executeIn(
          tx,
          `
            insert into case_reasons (case_id, source, reason, created_at)
            values (:id, 'hold', 'late', :now)
            on conflict
            do nothing
          `,
          { id, now },
        );
        await executeIn(
          tx,
          `
            update review_cases
            set claimed_by = null, claimed_until = null, due_at = least(due_at, :now),
              version = version + 1
            where id = :id
          `,
          { id, now },
        );
        await this.outbox.append(tx, caseRaised({ caseId: id }));
      }
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Handles, type Job } from '../../queue/job.js';
import { executeIn } from '../../kernel/sql.js';

/** How long screening results are kept, in milliseconds; afterwards only counts remain. */
export const SIGNAL_RETENTION = 90 * DAY;
const BATCH_SIZE = 2_000;

/** Deletes expired signals and tiers. Moderators' decisions are kept. */
@Injectable()
@Handles('forget-signals', 'bulk')
export class ForgetSignalsJob implements Job {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const before = later(this.clock.now(), -SIGNAL_RETENTION);
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          update review_cases
          set signals = '[]'
          where id in (select id
            from review_cases
            where state = 'closed' and closed_at < :before and signals <> '[]'
            order by id
            limit ${BATCH_SIZE})
        `,
        { before },
      );
      await executeIn(
        tx,
        `update posts set tier = 'none' where id in (
           select p.id
           from posts p
           where p.tier <> 'none'
             and p.created_at < :before
             and not exists (select 1
               from review_cases rc
               where rc.post_id = p.id and rc.state = 'open')
           order by p.created_at
           limit ${BATCH_SIZE})`,
        { before },
      );
    });
  }
}

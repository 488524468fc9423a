import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { underReview } from './under-review.js';
import { executeIn } from '../kernel/sql.js';

/** Days for which withdrawn and replaced texts stay available to moderators. */
export const VERSIONS_KEPT_FOR = 30;
const BATCH_SIZE = 5_000;

/** Retention of earlier versions of posts, including the text of withdrawn ones. */
@Injectable()
export class PostVersions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Deletes versions past their retention; those under an open report, case or appeal are kept
   * until it is closed.
   * @returns number of deleted versions
   */
  async clear(): Promise<number> {
    const before = later(this.clock.now(), -VERSIONS_KEPT_FOR * DAY);
    await this.clearPolls(before);
    let total = 0;
    for (;;) {
      const cleared = await this.database.inTransaction(async (tx) => {
        const count = await executeIn(
          tx,
          `delete from post_versions v using (
             select w.post_id, w.version
             from post_versions w
             where w.replaced_at < :before and not ${underReview('w.post_id')}
             order by w.replaced_at
             limit :limit) old
           where v.post_id = old.post_id and v.version = old.version`,
          { before, limit: BATCH_SIZE },
        );
        return count;
      });
      total += cleared;
      if (cleared < BATCH_SIZE) return total;
    }
  }

  // The text of a poll is deleted with that of its opening.
  private async clearPolls(before: Date): Promise<void> {
    await this.database.inTransaction((tx) =>
      executeIn(
        tx,
        `
          delete from polls l
          using posts p
          where p.thread_id = l.thread_id
            and p.number = 1
            and p.status = 'withdrawn'
            and p.withdrawn_at < :before
            and not ${underReview('p.id')}
        `,
        { before },
      ),
    );
  }
}

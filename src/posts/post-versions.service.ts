import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { underReview } from './under-review.js';
import { executeIn } from '../kernel/sql.js';

/** Days that what was taken back or written over stays for moderators to look at. */
export const VERSIONS_KEPT_FOR = 30;
const AT_ONCE = 5_000;

/** Text that people took back is really gone after a while, and so is what a post said before. */
@Injectable()
export class PostVersions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * What an open report, case or appeal is about waits until that is closed. @returns how many
   * wordings are gone
   */
  async clear(): Promise<number> {
    const before = later(this.clock.now(), -VERSIONS_KEPT_FOR * DAY);
    let all = 0;
    for (;;) {
      const cleared = await this.database.inTransaction(async (tx) => {
        const count = await executeIn(
          tx,
          `delete from post_versions v using (
             select w.post_id, w.version
             from post_versions w
             where w.replaced_at < :before and not ${underReview('w.post_id')}
             order by w.replaced_at
             limit :value2) old
           where v.post_id = old.post_id and v.version = old.version`,
          { before, value2: AT_ONCE },
        );
        return count;
      });
      all += cleared;
      if (cleared < AT_ONCE) return all;
    }
  }
}

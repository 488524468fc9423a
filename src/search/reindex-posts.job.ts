import { Injectable } from '@nestjs/common';
import { Database } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';
import { Handles, type Job } from '../queue/job.js';
import { INDEX_BATCH, INDEX_OUTDATED } from './outdated-posts.js';

/** Maximum number of batches per run; the next run continues. */
const MAX_BATCHES = 40;

/**
 * Reindexes posts whose words were indexed by an older version, newest first; until then they are
 * found as before. Also indexes posts that an interrupted import left without words. Idempotent, and
 * safe for concurrent workers.
 */
@Injectable()
@Handles('reindex-posts', 'bulk')
export class ReindexPostsJob implements Job {
  constructor(private readonly database: Database) {}

  async run(): Promise<void> {
    for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
      const done = await this.database.inTransaction((tx) =>
        executeIn(tx, INDEX_OUTDATED, { batch: INDEX_BATCH }),
      );
      if (done < INDEX_BATCH) return;
    }
  }
}

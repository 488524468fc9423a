import { Injectable } from '@nestjs/common';
import { Database } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';
import { Handles, type Job } from '../queue/job.js';
import { INDEX_OUTDATED } from './outdated-posts.js';

/** Posts indexed in one transaction: a second or so of work. */
const BATCH = 500;
/** Batches of one run; the next run goes on. */
const MOST_BATCHES = 40;

/**
 * Indexes the posts again whose words were indexed by earlier rules, the newest first; until then
 * they are found as before. Those that an import left without words, because it was stopped, are
 * indexed too. Runs twice, or at once in two workers, without harm.
 */
@Injectable()
@Handles('reindex-posts', 'bulk')
export class ReindexPostsJob implements Job {
  constructor(private readonly database: Database) {}

  async run(): Promise<void> {
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const done = await this.database.inTransaction((tx) =>
        executeIn(tx, INDEX_OUTDATED, { batch: BATCH }),
      );
      if (done < BATCH) return;
    }
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';
import { Handles, type Job } from '../queue/job.js';

/** Posts indexed in one transaction: a second or so of work. */
const BATCH = 500;
/** Batches of one run; the next run goes on. */
const MOST_BATCHES = 40;

/** The version is the one that new rows get; the partial index holds only those that are older. */
const REINDEX = `
  with outdated as (
    select post_id
    from post_words
    where index_version < 2
    order by post_id desc
    limit :batch
    for update skip locked
  )
  update post_words w
  set words = post_search_words(p.id, p.number, p.body, p.summary, t.title, t.kind, t.reply_wish,
      t.topic, t.community_id, c.language),
    index_version = 2
  from outdated o
  join posts p on p.id = o.post_id
  join threads t on t.id = p.thread_id
  join communities c on c.id = t.community_id
  where w.post_id = o.post_id
`;

/**
 * Indexes the posts again whose words were indexed by earlier rules, the newest first. Until then
 * they are found as before. Runs twice, or at once in two workers, without harm.
 */
@Injectable()
@Handles('reindex-posts', 'bulk')
export class ReindexPostsJob implements Job {
  constructor(private readonly database: Database) {}

  async run(): Promise<void> {
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const done = await this.database.inTransaction((tx) =>
        executeIn(tx, REINDEX, { batch: BATCH }),
      );
      if (done < BATCH) return;
    }
  }
}

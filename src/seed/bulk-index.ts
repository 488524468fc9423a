import type pg from 'pg';

const INDEXES = ['post_words_words', 'post_words_openings'];

/**
 * Fills the search index for bulk posts. Bulk posts share their bodies, so each body is parsed only
 * once, and the indexes are built after loading: both are much faster than the trigger.
 * @param after the last post id before the bulk data
 */
export async function indexBulk(client: pg.Client, after: number): Promise<void> {
  const { rows } = await client.query<{ made: string }>(
    'select indexdef as made from pg_indexes where indexname = any($1)',
    [INDEXES],
  );
  await client.query(`drop index ${INDEXES.join(', ')}`);
  await client.query(
    `
      with bodies as materialized (select body, search_vector('en', body) as words
        from (select distinct body from posts where id > $1) b)
     insert into post_words (post_id, thread_id, community_id, number, words)
     select p.id, p.thread_id, t.community_id, p.number,
            post_search_words(p.id, p.number, '', p.summary, t.title, t.kind, t.reply_wish, t.topic,
              t.community_id, 'en') || setweight(b.words, case
              when p.number = 1 then 'C'
              else 'D' end::"char")
     from posts p
     join threads t on t.id = p.thread_id
     join bodies b on b.body = p.body
     where p.id > $1`,
    [after],
  );
  await client.query(`set maintenance_work_mem = '256MB'`);
  for (const { made } of rows) await client.query(made);
}

/**
 * Runs `work` with the triggers on posts disabled: `indexBulk` fills the index, and no cached page
 * needs invalidation.
 */
export async function withoutIndexing(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('alter table posts disable trigger user');
  try {
    await work();
  } finally {
    await client.query('alter table posts enable trigger user');
  }
}

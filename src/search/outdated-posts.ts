/**
 * Version of the rules by which a post's words are indexed, as in new rows. The partial index
 * `post_words_outdated` contains the older rows; those with version 0 have no words yet, so searches
 * do not find them.
 */
const VERSION = 2;
export const NOT_INDEXED = 0;

/** Number of posts to index at once: about a second of work. */
export const INDEX_BATCH = 500;

/** Reindexes the newest `:batch` outdated posts that no other process has locked. */
export const INDEX_OUTDATED = `
  with outdated as (
    select post_id
    from post_words
    where index_version < ${VERSION}
    order by post_id desc
    limit :batch
    for update skip locked
  )
  update post_words w
  set words = post_search_words(p.id, p.number, p.body, p.summary, t.title, t.kind, t.reply_wish,
      t.topic, t.community_id, c.language),
    index_version = ${VERSION}
  from outdated o
  join posts p on p.id = o.post_id
  join threads t on t.id = p.thread_id
  join communities c on c.id = t.community_id
  where w.post_id = o.post_id
`;

export const COUNT_OUTDATED = `
  select count(*)::int as count
  from post_words
  where index_version < ${VERSION}
`;

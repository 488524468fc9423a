import { statement } from '../kernel/sql.js';

/** The document frequency of each known word. */
export const wordFrequencies = statement<
  { words: readonly string[] },
  { word: string; documents: number }
>(
  'search.word-frequencies',
  `
    select word, documents
    from search_vocabulary
    where word = any(:words::text[])
  `,
);

/** The text of a thread's published opening. */
export const openingText = statement<{ threadId: string }, { body: string }>(
  'search.opening-text',
  `
    select body
    from posts
    where thread_id = :threadId and number = 1 and status = 'published'
  `,
);

/**
 * How many of the newest posts contain each word, and how many these are: the two smallest windows
 * of the search index, so that a common word does not cost more on a large site. Without words that
 * the search ignores.
 */
export const wordShares = statement<
  { words: readonly string[]; language: string },
  { word: string; posts: number; outOf: number }
>(
  'search.word-shares',
  `
    with newest as materialized (select max(post_id) as id, max(post_id) >> 11 as part from post_words)
    select w.word, held.posts,
      (n.id - greatest(0, (n.part - 1) << 11))::int as "outOf"
    from newest n
    cross join (
      select x as word, search_query(:language, x) as query
      from unnest(:words::text[]) x) w
    cross join lateral (
      select count(*)::int as posts
      from post_words p
      where p.words @@ (case
        when n.part > 1
        then w.query && format('(%L | %L)', '#1-' || n.part, '#1-' || (n.part - 1))::tsquery
        else w.query end)) held
    where n.id is not null and numnode(w.query) > 0
  `,
  'isolated',
);

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
 * How many of the newest posts contain each word, and how many these are: two windows of the search
 * index, so that a common word does not cost more on a large site.
 */
export const wordShares = statement<
  { words: readonly string[]; language: string },
  { word: string; posts: number; outOf: number }
>(
  'search.word-shares',
  `
    with newest as materialized (select max(post_id) as id, max(post_id) >> 14 as part from post_words)
    select w.word, held.posts,
      (n.id - greatest(0, (n.part - 1) << 14))::int as "outOf"
    from newest n
    cross join unnest(:words::text[]) w(word)
    cross join lateral (
      select count(*)::int as posts
      from post_words p
      where p.words @@ (case
        when n.part > 1
        then search_query(:language, w.word)
          && format('(%L | %L)', '#2-' || n.part, '#2-' || (n.part - 1))::tsquery
        else search_query(:language, w.word) end)) held
    where held.posts > 0
  `,
  'isolated',
);

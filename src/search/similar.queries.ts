import { statement } from '../kernel/sql.js';
import {
  inAnyWindow,
  indexedWords,
  inWindows,
  PART_BITS,
  withoutPositions,
} from './windowed-words.js';

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
    with newest as materialized (
      select max(post_id) as id,
        greatest(0, (max(post_id) >> ${PART_BITS.small}) - 1) << ${PART_BITS.small} as first
      from post_words)
    select w.word, held.posts,
      (n.id - n.first)::int as "outOf"
    from newest n
    cross join (
      select x as word, y.query, ${inAnyWindow(withoutPositions('y.query'))} as anywhere
      from unnest(:words::text[]) x
      cross join lateral (select search_query(:language, x) as query offset 0) y) w
    cross join lateral (
      select count(*)::int as posts
      from post_words p
      where ${indexedWords('p')} @@ ${inWindows('w.anywhere', String(PART_BITS.small), 'n.first', 'n.id')}
        and p.words @@ w.query) held
    where n.id is not null and numnode(w.query) > 0
  `,
  'isolated',
);

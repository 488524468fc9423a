import { statement, type NoParams } from '../kernel/sql.js';

/** Minimum share of the posts that contain a common word. */
const COMMON = 0.05;

/**
 * The lexemes that many posts contain, quoted as in a tsquery, by the statistics of the database:
 * empty if there are none. Without those that would have to be escaped.
 */
export const commonWords = statement<NoParams, { words: string[] }>(
  'search.common-words',
  `
    select coalesce(array_agg(quote_literal(x.lexeme)), '{}') as words
    from pg_stats s
    cross join lateral unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs)
      as x(lexeme, share)
    where s.tablename = 'post_words'
      and s.attname = 'words'
      and s.schemaname = current_schema()
      and x.share >= ${COMMON}
      and x.lexeme !~ '[''\\\\]'
  `,
);

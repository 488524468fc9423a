import { statement } from '../kernel/sql.js';
import type { KnownWord } from './spelling.js';

export interface SimilarWord extends KnownWord {
  /** The unknown word of the query. */
  unknown: string;
}

/**
 * For each unknown word the most similar words of the vocabulary, which contains a few thousand
 * words and no posts, so that the cost does not grow with the site.
 */
export const similarWords = statement<{ words: readonly string[] }, SimilarWord>(
  'search.similar-words',
  `
    select a.word as unknown, k.word, k.documents
    from (select word, unaccent(word) as plain from unnest(:words::text[]) word) a
    cross join lateral (
      select v.word, v.documents
      from search_vocabulary v
      where v.word % a.plain
      order by similarity(v.word, a.plain) desc, v.documents desc
      limit 12
    ) k
    where not exists (select 1 from search_vocabulary v where v.word = a.plain)
  `,
  'pooled',
);

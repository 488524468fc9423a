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

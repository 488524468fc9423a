import pg from 'pg';
import { growth } from './growth.js';
import { KINDS } from './text-kinds.js';

interface Plan {
  'QUERY PLAN': [{ 'Execution Time': number }];
}

/**
 * Up to the maximum length, with characters that are special in patterns, spaces, and letters of
 * several scripts.
 */
const WORDS = [
  'ab',
  'a b',
  'a a a a a a a a a a a a a a a a a a a a',
  'a'.repeat(40),
  '(a+)+$',
  '.*.*.*',
  '[a-z]{9,99}|\\d+',
  '1 2',
  '--',
  '* *',
  'ж',
  'привет при',
  '💛',
  "don't",
];
/**
 * Folding is independent of the word, so matching is tried on folded text. What is done, words,
 * and the condition for a column `body`.
 */
export const MUTED_WORD_COSTS: [string, readonly string[], string][] = [
  ['folded', ['a'], 'fold_words(body) = $1'],
  [
    'looked for',
    WORDS,
    'exists (select 1 from unnest(muted_forms($1)) form where strpos(body, form) > 0)',
  ],
];

/**
 * Tolerated factor: the server's time is wall-clock time and includes other work on the machine.
 * For a hundredfold length, quadratic work would take ten thousand times as long.
 */
const WALL_CLOCK = 25;

/**
 * How the server's time to look for muted words grows with the length of a text.
 * @param url of a migrated database
 * @param kinds of text to try, at most
 * @returns what grows faster than its text
 */
export async function mutedWordGrowth(url: string, kinds: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set statement_timeout = '60s'`);
    await client.query('create temp table texts (body text)');
    const grew: string[] = [];
    for (const [, words, condition] of MUTED_WORD_COSTS)
      for (const kind of KINDS.slice(0, kinds))
        for (const word of words) {
          let stored = '';
          // The text is stored in a table, so that its parsing and planning are not measured.
          const cost = async (text: string): Promise<number> => {
            if (text !== stored) {
              await client.query('truncate texts');
              await client.query('insert into texts values ($1)', [text]);
              stored = text;
            }
            const { rows } = await client.query<Plan>(
              `explain (analyze, timing off, format json) select 1 from texts where ${condition}`,
              [word],
            );
            return (rows[0]?.['QUERY PLAN'][0]['Execution Time'] ?? NaN) * 1_000;
          };
          const textOf = (length: number): string => kind.textsOf(length).at(-1) ?? '';
          const found = await growth(cost, textOf, [1_000, 100_000], WALL_CLOCK);
          if (found !== null) grew.push(`${word}, ${kind.name}: ${found}`);
        }
    return grew;
  } finally {
    await client.end();
  }
}

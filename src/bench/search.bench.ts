import pg from 'pg';
import { randomFor } from '../seed/random.js';
import { WebProcessPair } from './comparison.js';
import type { BenchDatabase } from './bench-database.js';
import type { Report } from './report.js';
import { signIn, type Writer } from './sessions.js';

const MUTED = 30;

/** Words in every second body of the bulk data. */
const COMMON = [
  'kettle',
  'window',
  'night',
  'sleep',
  'garden',
  'letter',
  'station',
  'friend',
  'slow',
  'harbour',
];

/** Place names from titles: some occur in thousands of posts, most in a few. */
async function rareWords(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ title: string }>(
    `select title from threads order by id % 97, id limit 1500`,
  );
  await client.end();
  return [
    ...new Set(rows.flatMap(({ title }) => title.toLowerCase().match(/[a-z]{8,}/g) ?? [])),
  ].filter((word) => !COMMON.includes(word) && word !== 'neighbour');
}

/** A member with muted words, none of which occurs in the bulk data. */
async function mutedMember({ url, first }: BenchDatabase): Promise<Writer> {
  const writer = await signIn(url, first);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `insert into muted_words (member_id, word) select $1, 'muted' || n from generate_series(1, $2) n`,
    [writer.member, MUTED],
  );
  await client.end();
  return writer;
}

/** Searches over all bulk posts, compared with a bare server that lists 25 rows by an index. */
export async function searchBench(database: BenchDatabase, report: Report): Promise<void> {
  const rare = await rareWords(database.url);
  const { cookie } = await mutedMember(database);
  const webs = await WebProcessPair.start(database, report);
  const random = randomFor(11, 'search-bench');
  const kinds: [what: string, words: () => string][] = [
    ['a common word', () => random.pick(COMMON)],
    ['two common words', () => `${random.pick(COMMON)} ${random.pick(COMMON)}`],
    ['a rare word', () => random.pick(rare)],
    ['a rare and a common word', () => `${random.pick(rare)} ${random.pick(COMMON)}`],
    ['a word that nobody wrote', () => 'zyzzyvaquux'],
  ];
  try {
    for (const [what, words] of kinds) {
      const paths = Array.from({ length: 500 }, () => `/search?q=${encodeURIComponent(words())}`);
      const reference = { kind: 'community', ids: () => String(1 + random.below(100)) } as const;
      const goal = 'p95 ≤ 100 ms';
      await webs.compare({
        what: `search, ${what}, guest`,
        requests: paths.map((path) => ({ path })),
        reference,
        goal,
      });
      await webs.compare({
        what: `search, ${what}, member with ${MUTED} muted words`,
        requests: paths.map((path) => ({ path, cookie })),
        goal,
      });
    }
  } finally {
    await webs.stop();
  }
}

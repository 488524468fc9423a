import pg from 'pg';
import { freePort } from '../embedded/free-port.js';
import { randomFor } from '../seed/random.js';
import { CONNECTIONS, SECRET, type Ground } from './ground.js';
import { load, type LoadOptions, type Measured, type Shot } from './load.js';
import { startCeiling, startWeb } from './processes.js';
import { median, type Line } from './report.js';

/** Words that every second body of the bulk data holds. */
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

/** Names of places from titles: some stand in thousands of posts, most in a few. */
async function rareWords(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ title: string }>(
    `select title from threads where id % 97 = 0 order by id limit 1500`,
  );
  await client.end();
  return [
    ...new Set(rows.flatMap(({ title }) => title.toLowerCase().match(/[a-z]{8,}/g) ?? [])),
  ].filter((word) => !COMMON.includes(word) && word !== 'neighbour');
}

/**
 * Searching over all the bulk posts as a guest does, beside a bare server that lists 25 rows by an
 * index.
 */
export async function searchBench({ url, folder, wishes }: Ground): Promise<Line[]> {
  const web = await startWeb(
    { DATABASE_URL: url, SECRET_KEY: SECRET, NODE_ENV: 'development', DATA_DIR: folder },
    await freePort(),
  );
  const random = randomFor(11, 'search-bench');
  const rare = await rareWords(url);
  const asked = (q: string): Shot => ({ path: `/search?q=${encodeURIComponent(q)}` });
  const kinds: [what: string, next: () => Shot][] = [
    ['search, a common word', () => asked(random.pick(COMMON))],
    ['search, two common words', () => asked(`${random.pick(COMMON)} ${random.pick(COMMON)}`)],
    ['search, a rare word', () => asked(random.pick(rare))],
    [
      'search, a rare and a common word',
      () => asked(`${random.pick(rare)} ${random.pick(COMMON)}`),
    ],
  ];
  const get: LoadOptions = {
    connections: CONNECTIONS,
    time: wishes.time,
    most: 100_000,
    expect: 200,
  };
  const ceiling = await startCeiling(url, 12_000, 'community');
  const bare = await load(ceiling.base, () => ({ path: `/${1 + random.below(100)}` }), get);
  await ceiling.stop();
  const lines: Line[] = [];
  for (const [what, next] of kinds) {
    await load(web.base, next, { ...get, time: 2_000 });
    const all: Measured[] = [];
    for (let n = 0; n < wishes.rounds; n += 1) all.push(await load(web.base, next, get));
    const pick = (name: keyof Measured): number => median(all.map((each) => each[name]));
    const failed = Math.max(...all.map(({ failures }) => failures));
    lines.push({
      what,
      figure: `p95 ${pick('p95').toFixed(0)} ms p50 ${pick('p50').toFixed(0)} ${Math.round(pick('perSecond'))}/s${failed > 0 ? ` (${failed} failed)` : ''}`,
      reference: `${Math.round(bare.perSecond)}/s`,
      ratio: pick('perSecond') / bare.perSecond,
      goal: 'p95 ≤ 100 ms',
    });
  }
  await web.stop();
  return lines;
}

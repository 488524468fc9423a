import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { NEEDS, KINDS, PLACES, TIMES } from '../coping-strategies/core/vocabulary.js';
import { randomFor, type Random } from '../seed/random.js';
import { WebProcessPair } from './comparison.js';
import type { BenchDatabase } from './bench-database.js';
import type { Report } from './report.js';

const STRATEGIES = 5_000;

/** Fills the library with invented strategies, up to five thousand. */
async function fill(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const random = randomFor(11, 'strategies');
  const some = (words: readonly string[], random_: Random): string[] => [
    ...new Set([random_.pick(words), random_.pick(words)]),
  ];
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from coping_strategies',
  );
  const strategies = Array.from(
    { length: Math.max(0, STRATEGIES - (rows[0]?.count ?? 0)) },
    (_, n) => ({
      n,
      name: `Strategy ${n} for a ${random.pick(NEEDS)} day`,
      minutes: 1 + random.below(45),
      energy: random.pick(['low', 'some', 'more']),
      needs: some(NEEDS, random),
      kinds: some(KINDS, random),
      places: some(PLACES, random),
      times: some(TIMES, random),
    }),
  );
  await client.query(
    `
      insert into coping_strategies (stable_id, slug, name, summary, steps, minutes, energy,
        needs, kinds, places, times, origin, status, published_at)
      select 'bulk:' || n, 'bulk-' || n, name, 'One small thing to try, in a few words.',
        '{"Sit down.","Do one thing.","Notice how it was."}', minutes, energy, needs, kinds,
        places, times, 'charity', 'published', now()
      from jsonb_to_recordset($1) as s(n int, name text, minutes int, energy text,
        needs text[], kinds text[], places text[], times text[])
    `,
    [JSON.stringify(strategies)],
  );
  await client.query('vacuum analyze coping_strategies');
  const token = randomBytes(32).toString('base64url');
  await client.query(
    `
      insert into sessions (token_hash, member_id, expires_at)
      select $1, min(id), now() + interval '1 day'
      from members
    `,
    [createHash('sha256').update(token).digest()],
  );
  await client.end();
  return `session=${token}`;
}

/**
 * The library filtered over 5,000 strategies, compared with a bare server that looks up as many
 * rows and writes as many bytes.
 */
export async function strategiesBench(database: BenchDatabase, report: Report): Promise<void> {
  const cookie = await fill(database.url);
  const webs = await WebProcessPair.start(database, report);
  const random = randomFor(7, 'strategies');
  const need = (): string => `need=${random.pick(NEEDS)}`;
  const place = (): string => `kind=${random.pick(KINDS)}&place=${random.pick(PLACES)}`;
  const kinds: [what: string, path: () => string][] = [
    ['library, whole', () => '/strategies'],
    ['library, by need and minutes', () => `/strategies?${need()}&minutes=10`],
    [
      'library, five filters',
      () => `/strategies?${need()}&${place()}&time=${random.pick(TIMES)}&energy=some`,
    ],
    [
      'library, by words',
      () => `/strategies?q=${random.pick(['day', 'small+thing', 'panic', 'strategy'])}`,
    ],
    ['pick one', () => `/strategies/pick?${need()}&minutes=10`],
    ['one strategy', () => `/strategies/bulk-${1_000 + random.below(3_000)}`],
  ];
  try {
    for (const [what, path] of kinds)
      await webs.compare({
        what,
        requests: Array.from({ length: 500 }, () => ({ path: path(), cookie })),
        reference: { kind: 'strategies', ids: () => String(1 + random.below(1_000)) },
        goal: '≥ 0.4',
      });
  } finally {
    await webs.stop();
  }
}

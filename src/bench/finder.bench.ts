import pg from 'pg';
import { DIFFICULTIES, SITUATIONS } from '../communities/community-tags.js';
import { Fit } from '../discovery/fit.service.js';
import { Clock } from '../kernel/clock.js';
import { Database, dataSourceOptions } from '../kernel/database.js';
import { DataSource } from 'typeorm';
import { randomFor } from '../seed/random.js';
import { WebProcessPair } from './comparison.js';
import { type BenchDatabase } from './bench-database.js';
import type { Report } from './report.js';

const COMMUNITIES = 500;
const SAYS = [
  "can't sleep since the baby",
  'anxious about exams at uni',
  'deppression',
  'lost my job and feel worthless',
  'panic attacks on the bus',
  'widowed and the house is so quiet',
  'something nobody has a word for',
  'mood swings',
];

/** Creates five hundred communities to search, each with a few tags. */
async function tagCommunities(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `
      insert into communities (slug, name, summary, visibility)
      select 'finder-' || n, 'Finder ' || n, 'For people who share this and that.', 'public'
      from generate_series(1, greatest(0, $1 - (select count(*)::int from communities))) n
      on conflict
      do nothing
    `,
    [COMMUNITIES],
  );
  await client.query(
    `
      update communities
      set difficulties = array[($1::text[])[1 + id % cardinality($1::text[])],
        ($1::text[])[1 + (id * 7) % cardinality($1::text[])]],
        situations = array[($2::text[])[1 + id % cardinality($2::text[])]]
      where difficulties = '{}'
    `,
    [DIFFICULTIES, SITUATIONS],
  );
  await client.query('analyze communities');
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from communities',
  );
  await client.end();
  return rows[0]?.count ?? 0;
}

/** The guided finder under load, and the nightly figures. */
export async function finderBench(database: BenchDatabase, report: Report): Promise<void> {
  const { url } = database;
  const communities = await tagCommunities(url);
  const source = await new DataSource({ ...dataSourceOptions(url, 2) }).initialize();
  const began = performance.now();
  await new Fit(new Database(source), new Clock()).compute();
  const seconds = (performance.now() - began) / 1_000;
  const [facts] = await source.query<{ fits: number; threads: number }[]>(
    'select count(*)::int as fits, coalesce(sum(threads), 0)::int as threads from community_fit',
  );
  await source.destroy();
  const { fits, threads } = facts ?? { fits: 0, threads: 0 };
  report.add({
    what: `nightly facts of ${fits} communities, ${threads} threads of a season`,
    figure: `${seconds.toFixed(1)} s`,
    goal: '500 communities and 1,000,000 posts ≤ 60 s',
  });
  const webs = await WebProcessPair.start(database, report);
  const random = randomFor(11, 'finder');
  const needs = ['listen', 'experiences', 'advice', ''];
  const requests = Array.from({ length: 500 }, () => ({
    path: `/find?q=${encodeURIComponent(random.pick(SAYS))}&need=${random.pick(needs)}`,
  }));
  try {
    for (const connections of new Set([1, database.options.connections]))
      await webs.compare({
        what: `guided finder, ${communities} communities, ${connections} connections`,
        requests,
        connections,
        goal: 'p95 ≤ 50 ms',
      });
  } finally {
    await webs.stop();
  }
}

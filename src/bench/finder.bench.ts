import pg from 'pg';
import { DIFFICULTIES, SITUATIONS } from '../communities/community-tags.js';
import { freePort } from '../embedded/free-port.js';
import { Fit } from '../discovery/fit.service.js';
import { Clock } from '../kernel/clock.js';
import { Database, dataSourceOptions } from '../kernel/database.js';
import { DataSource } from 'typeorm';
import { randomFor } from '../seed/random.js';
import { CONNECTIONS, SECRET, type Ground } from './ground.js';
import { load } from './load.js';
import { startWeb } from './processes.js';
import type { Line } from './report.js';

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

/** Five hundred communities to find among, each with a few tags. */
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

/** The guided finder under load, and the nightly facts. */
export async function finderBench({ url, folder, wishes }: Ground): Promise<Line[]> {
  const communities = await tagCommunities(url);
  const source = await new DataSource({ ...dataSourceOptions(url, 2) }).initialize();
  const began = performance.now();
  await new Fit(new Database(source), new Clock()).compute();
  const seconds = (performance.now() - began) / 1_000;
  const [fits] = await source.query<{ fits: number; threads: number }[]>(
    'select count(*)::int as fits, coalesce(sum(threads), 0)::int as threads from community_fit',
  );
  await source.destroy();
  const lines: Line[] = [
    {
      what: `nightly facts of ${fits?.fits ?? 0} communities, ${fits?.threads ?? 0} threads of a season`,
      figure: `${seconds.toFixed(1)} s`,
      reference: '',
      ratio: null,
      goal: '500 communities and 1,000,000 posts ≤ 60 s',
    },
  ];
  const web = await startWeb(
    { DATABASE_URL: url, SECRET_KEY: SECRET, NODE_ENV: 'development', DATA_DIR: folder },
    await freePort(),
  );
  try {
    const random = randomFor(11, 'finder');
    const path = (): string =>
      `/find?q=${encodeURIComponent(random.pick(SAYS))}&need=${random.pick(['listen', 'experiences', 'advice', ''])}`;
    for (const connections of [1, CONNECTIONS]) {
      const found = await load(web.base, () => ({ path: path() }), {
        connections,
        time: wishes.time,
        most: 50_000,
        expect: 200,
      });
      lines.push({
        what: `guided finder, ${communities} communities, ${connections} connections`,
        figure: `p50 ${found.p50.toFixed(1)} ms, p99 ${found.p99.toFixed(1)} ms, ${Math.round(found.perSecond)}/s${found.failures > 0 ? `, ${found.failures} FAILED` : ''}`,
        reference: '',
        ratio: null,
        goal: 'p95 ≤ 50 ms',
      });
    }
  } finally {
    await web.stop();
  }
  return lines;
}

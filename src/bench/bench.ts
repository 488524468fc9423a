import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '../embedded/postgres.js';
import { Clock } from '../kernel/clock.js';
import { loadConfig } from '../kernel/config.js';
import { migrate } from '../kernel/database.js';
import { seedBulk } from '../seed/bulk.js';
import { finderBench } from './finder.bench.js';
import { CONNECTIONS, benchOptions, type Ground, type BenchOptions } from './ground.js';
import { digestsBench } from './digests.bench.js';
import { pagesBench } from './pages.bench.js';
import { table, type Line } from './report.js';
import { searchBench } from './search.bench.js';
import { toolkitBench } from './toolkit.bench.js';
import { strategiesBench } from './strategies.bench.js';
import { triageBench } from './triage.bench.js';

/** `npm run bench -- --only pages,…` runs some of them. */
const benches: Record<string, (ground: Ground) => Promise<Line[]>> = {
  pages: pagesBench,
  search: searchBench,
  finder: finderBench,
  toolkit: toolkitBench,
  digests: digestsBench,
  strategies: strategiesBench,
  triage: triageBench,
};

/** Bulk data, made once and kept. */
async function ground(
  url: string,
  folder: string,
  wishes: BenchOptions,
  lines: Line[],
): Promise<Ground> {
  await migrate(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ posts: number; first: string; last: string; long: string }>(
    `
      select count(*)::int as posts, coalesce(min(id), 0)::text as first,
        coalesce(max(id), 0)::text as last,
        (select id::text from threads order by reply_count desc limit 1) as long
      from threads
    `,
  );
  await client.end();
  const [found] = rows;
  if (found !== undefined && found.posts > 0)
    return { url, folder, wishes, first: found.first, last: found.last, long: found.long };
  const tenth = Math.max(10, Math.floor(wishes.posts / 10));
  const began = performance.now();
  const made = await seedBulk(
    url,
    { members: tenth, communities: 100, threads: tenth, posts: wishes.posts, seed: 1 },
    () => undefined,
  );
  lines.push({
    what: `seed ${wishes.posts} posts, ${tenth} members`,
    figure: `${Math.round((performance.now() - began) / 1_000)} s`,
    reference: '',
    ratio: null,
    goal: '1,000,000 posts ≤ 300 s',
  });
  return {
    url,
    folder,
    wishes,
    first: made.firstThread,
    last: made.lastThread,
    long: made.longThread,
  };
}

const wishes = benchOptions(process.argv.slice(2));
const config = loadConfig();
const folder = join(config.dataDir, 'bench');
mkdirSync(folder, { recursive: true });
const server = config.DATABASE_URL === undefined ? await EmbeddedPostgres.start(folder) : null;
const lines: Line[] = [];
try {
  const found = await ground(config.DATABASE_URL ?? server?.url ?? '', folder, wishes, lines);
  for (const [name, bench] of Object.entries(benches)) {
    if (wishes.only.length === 0 || wishes.only.includes(name)) lines.push(...(await bench(found)));
  }
} finally {
  await server?.stop();
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const report = {
  commit,
  node: process.version,
  taken: new Clock().now().toISOString(),
  connections: CONNECTIONS,
  ...wishes,
  lines,
};
writeFileSync(join(folder, 'bench.json'), JSON.stringify(report, null, 2));
process.stdout.write(`${table(lines)}\n${join(folder, 'bench.json')}\n`);

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { serverUrl } from './support/databases.js';
import { startEntry } from './support/process.js';

interface Written {
  lines: {
    what: string;
    figure: string | null;
    failures?: number;
    against?: { figure: unknown };
  }[];
}

/** A unique size, so that no other run's data is reused. */
const POSTS = 431;
const SMALL = ['--posts', String(POSTS), '--rounds', '1', '--seconds', '0.1', '--connections', '2'];

/** Runs every bench once with a handful of rows. Checks that it works, not how fast it is. */
describe('the benchmarks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-bench-'));
  const env = { DATABASE_URL: serverUrl(), DATA_DIR: folder, LOG_LEVEL: 'error' };
  const database = async (text: string): Promise<pg.QueryResult> => {
    const client = new pg.Client({ connectionString: serverUrl() });
    await client.connect();
    try {
      return await client.query(text);
    } finally {
      await client.end();
    }
  };

  afterAll(async () => {
    await database(`drop database if exists sameboat_bench_${POSTS} with (force)`);
    rmSync(folder, { recursive: true, force: true });
  });

  const written = (): Written =>
    JSON.parse(readFileSync(join(folder, 'bench', 'bench.json'), 'utf8')) as Written;

  const lines = async (...options: string[]): Promise<Written['lines']> => {
    const bench = startEntry('bench/bench.js', env, [...SMALL, ...options]);
    if ((await bench.ended) !== 0) throw new Error(bench.said());
    const { lines: taken } = written();
    expect(taken.filter(({ figure, failures }) => figure === null || failures)).toEqual([]);
    for (const { what } of taken) expect(bench.said()).toContain(what);
    return taken;
  };

  it.each([
    'pages',
    'search',
    'finder',
    'toolkit',
    'desks',
    'digests',
    'strategies',
    'triage',
    'texts',
  ])('of %s runs, and no line of it fails', async (name) => {
    const taken = await lines('--only', name, '--members', '6', '--killed', '6', '--texts', '1');
    expect(taken.length).toBeGreaterThan(1);
  });

  it('of endurance runs where it is named, and misses nothing', async () => {
    const few = ['--minutes', '0.05', '--rate', '20', '--kills', '1'];
    const taken = await lines('--only', 'endurance', ...few);
    const figureOf = (part: string): string | null | undefined =>
      taken.find(({ what }) => what.includes(part))?.figure;
    expect(figureOf('writes acknowledged')).toBe('0 missing, 0 doubled');
    expect(figureOf('mails about them')).toBe('0 missing, 0 sent twice');
  });

  it.each(['desks', 'digests'])('of %s compare with another checkout', async (name) => {
    const taken = await lines('--only', name, '--against', '.', '--members', '6', '--killed', '6');
    const compared = taken.filter(({ against }) => against !== undefined);
    expect(compared.length).toBeGreaterThan(1);
    for (const { against } of compared) expect(against?.figure).toEqual(expect.any(String));
  });

  it('leave the data as it was, so that a second run finds what the first found', async () => {
    const left = await database(
      `select datname from pg_database where datname like 'sameboat_bench_${POSTS}%'`,
    );
    expect(left.rows).toEqual([{ datname: `sameboat_bench_${POSTS}` }]);
    const client = new pg.Client({
      connectionString: serverUrl().replace(/\/[^/]*$/, `/sameboat_bench_${POSTS}`),
    });
    await client.connect();
    const { rows } = await client.query<{ posts: number; sessions: number }>(`
      select (select count(*)::int from posts) as posts,
        (select count(*)::int from sessions) as sessions
    `);
    await client.end();
    expect(rows).toEqual([{ posts: POSTS, sessions: 0 }]);
  });

  it('name themselves, and refuse a name that is none of them', async () => {
    const help = startEntry('bench/bench.js', env, ['--help']);
    expect(await help.ended).toBe(0);
    for (const name of ['pages', 'search', 'desks', 'digests', 'triage'])
      expect(help.said()).toContain(name);
    const wrong = startEntry('bench/bench.js', env, ['--only', 'nothing']);
    expect(await wrong.ended).not.toBe(0);
    expect(wrong.said()).toContain('there is no bench nothing');
  });
});

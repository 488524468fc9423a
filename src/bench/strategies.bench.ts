import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { NEEDS, KINDS, PLACES, TIMES } from '../coping-strategies/core/vocabulary.js';
import { freePort } from '../embedded/free-port.js';
import { randomFor, type Random } from '../seed/random.js';
import { CONNECTIONS, SECRET, type Ground } from './ground.js';
import { load, type LoadOptions, type Measured, type Shot } from './load.js';
import { startCeiling, startWeb } from './processes.js';
import { median, type Line } from './report.js';

const STRATEGIES = 5_000;

/** Made-up strategies, brought to five thousand. */
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
  for (let n = rows[0]?.count ?? 0; n < STRATEGIES; n += 1) {
    await client.query(
      `
        insert into coping_strategies (stable_id, slug, name, summary, steps, minutes, energy,
          needs, kinds, places, times, origin, status, published_at)
       values ('bulk:' || $1::text, 'bulk-' || $1::text, $2, $3, $4, $5, $6, $7, $8, $9, $10,
         'charity', 'published', now())`,
      [
        n,
        `Strategy ${n} for a ${random.pick(NEEDS)} day`,
        'One small thing to try, in a few words.',
        ['Sit down.', 'Do one thing.', 'Notice how it was.'],
        1 + random.below(45),
        random.pick(['low', 'some', 'more']),
        some(NEEDS, random),
        some(KINDS, random),
        some(PLACES, random),
        some(TIMES, random),
      ],
    );
  }
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
 * The library filtered over 5,000 strategies, beside a bare server that looks up as many rows and
 * writes as many bytes.
 */
export async function strategiesBench({ url, folder, wishes }: Ground): Promise<Line[]> {
  const cookie = await fill(url);
  const web = await startWeb(
    { DATABASE_URL: url, SECRET_KEY: SECRET, NODE_ENV: 'development', DATA_DIR: folder },
    await freePort(),
  );
  const random = randomFor(7, 'strategies');
  const lines: Line[] = [];
  const get: LoadOptions = {
    connections: CONNECTIONS,
    time: wishes.time,
    most: 200_000,
    expect: 200,
  };
  const shots: [string, () => Shot][] = [
    ['library, whole', () => ({ path: '/strategies', cookie })],
    [
      'library, by need and minutes',
      () => ({ path: `/strategies?need=${random.pick(NEEDS)}&minutes=10`, cookie }),
    ],
    [
      'library, five filters',
      () => ({
        path: `/strategies?need=${random.pick(NEEDS)}&kind=${random.pick(KINDS)}&place=${random.pick(PLACES)}&time=${random.pick(TIMES)}&energy=some`,
        cookie,
      }),
    ],
    [
      'library, by words',
      () => ({
        path: `/strategies?q=${random.pick(['day', 'small+thing', 'panic', 'strategy'])}`,
        cookie,
      }),
    ],
    [
      'pick one',
      () => ({ path: `/strategies/pick?need=${random.pick(NEEDS)}&minutes=10`, cookie }),
    ],
    ['one strategy', () => ({ path: `/strategies/bulk-${1_000 + random.below(3_000)}`, cookie })],
  ];
  for (const [what, shot] of shots) {
    const size = (await (await fetch(`${web.base}${shot().path}`, { headers: { cookie } })).text())
      .length;
    const ceiling = await startCeiling(url, size, 'strategies');
    const bareShot = (): Shot => ({ path: `/${1 + random.below(1_000)}` });
    const times = async (base: string, next: () => Shot): Promise<Measured[]> => {
      const all: Measured[] = [];
      await load(base, next, { ...get, time: 500 });
      for (let n = 0; n < wishes.rounds; n += 1) all.push(await load(base, next, get));
      return all;
    };
    const [mine, bare] = [await times(web.base, shot), await times(ceiling.base, bareShot)];
    await ceiling.stop();
    const middle = (all: Measured[], name: keyof Measured): number =>
      median(all.map((each) => each[name]));
    const failed = Math.max(...mine.map((each) => each.failures));
    lines.push({
      what,
      figure: `${Math.round(middle(mine, 'perSecond'))}/s p50 ${middle(mine, 'p50').toFixed(1)} p99 ${middle(mine, 'p99').toFixed(1)} ms${failed > 0 ? ` (${failed} failed)` : ''}`,
      reference: `${Math.round(middle(bare, 'perSecond'))}/s`,
      ratio: middle(mine, 'perSecond') / middle(bare, 'perSecond'),
      goal: '≥ 0.4',
    });
  }
  await web.stop();
  return lines;
}

import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { freePort } from '../embedded/free-port.js';
import { newKey, encrypt, wrappingKeys } from '../vault/encryption.js';
import { CONNECTIONS, SECRET, type Ground } from './ground.js';
import { load, type LoadOptions } from './load.js';
import { residentMb, startWeb } from './processes.js';
import { median, type Line } from './report.js';

const SMALL = 50;
const LARGE = 500;

/** A member with so many things saved, a sealed note beside each. @returns the cookie */
async function keeper(client: pg.Client, count: number): Promise<string> {
  const handle = `bench-kit-${randomBytes(4).toString('hex')}`;
  const { rows } = await client.query<{ id: string }>(
    `
      insert into members (handle, email_verified_at, avatar_seed)
      values ($1, now(), 's')
      returning id
    `,
    [handle],
  );
  const member = rows[0]?.id ?? '';
  const [wrapping] = wrappingKeys({ SECRET_KEY: SECRET });
  const key = newKey();
  await client.query(
    `
      insert into private_keys (member_id, wrapped, wrapped_by, created_at)
      values ($1, $2, $3, now())
    `,
    [member, encrypt(wrapping.key, `private key\0${member}`, key), wrapping.mark],
  );
  const ids = (
    await client.query<{ id: string }>(
      `select nextval('private_row_ids')::text as id from generate_series(1, $1)`,
      [count],
    )
  ).rows.map((row) => row.id);
  const words = ids.map((id, n) =>
    encrypt(
      key,
      [member, 'toolkit_items.words', id].join('\0'),
      Buffer.from(
        JSON.stringify({
          name: '',
          note: `What to remember of thing ${n}, in a line or two of one's own.`,
          steps: [],
        }),
      ),
    ),
  );
  await client.query(
    `insert into toolkit_items (id, member_id, strategy_id, position, words, saved_at, updated_at)
     select i.id, $1, s.id, i.n, i.words, now(), now()
     from unnest($2::bigint[], $3::bytea[]) with ordinality as i(id, words, n)
     join (select id, row_number() over (order by id) as n
       from coping_strategies
       where slug like 'bench-kit-%') s on s.n = i.n`,
    [member, ids, words],
  );
  const token = randomBytes(32).toString('base64url');
  await client.query(
    `
      insert into sessions (token_hash, member_id, expires_at)
      values ($1, $2, now() + interval '1 day')
    `,
    [createHash('sha256').update(token).digest(), member],
  );
  return `session=${token}`;
}

/**
 * The toolkit of five hundred things beside one of fifty, and beside the bare statement that reads
 * its rows.
 */
export async function toolkitBench({ url, folder, wishes }: Ground): Promise<Line[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `
      insert into coping_strategies (stable_id, slug, name, summary, steps, minutes, energy, origin,
        status, published_at)
     select 'bench:kit-' || n, 'bench-kit-' || n, 'Strategy number ' || n,
       'Something to try, said in one line.', '{"One thing.","Another thing.","A third."}', 5,
       'low', 'charity', 'published', now()
     from generate_series(1, $1) n
     on conflict
     do nothing`,
    [LARGE],
  );
  const cookies = { small: await keeper(client, SMALL), large: await keeper(client, LARGE) };
  const {
    rows: [owner],
  } = await client.query<{ id: string }>(
    `
      select member_id as id
      from toolkit_items
      group by member_id
      having count(*) = $1
      order by member_id desc
      limit 1
    `,
    [LARGE],
  );
  await client.query('analyze toolkit_items, coping_strategies');
  const web = await startWeb(
    { DATABASE_URL: url, SECRET_KEY: SECRET, NODE_ENV: 'development', DATA_DIR: folder },
    await freePort(),
  );
  const get: LoadOptions = {
    connections: CONNECTIONS,
    time: wishes.time,
    most: 100_000,
    expect: 200,
  };
  const figures = async (
    path: string,
    cookie: string,
  ): Promise<{ perSecond: number; p50: number; p99: number; failures: number }> => {
    const shot = () => ({ path, cookie });
    await load(web.base, shot, { ...get, time: 500 });
    const all = [];
    for (let n = 0; n < wishes.rounds; n += 1) all.push(await load(web.base, shot, get));
    return {
      perSecond: median(all.map((each) => each.perSecond)),
      p50: median(all.map((each) => each.p50)),
      p99: median(all.map((each) => each.p99)),
      failures: Math.max(...all.map((each) => each.failures)),
    };
  };
  const bare = await bareReads(url, owner?.id ?? '0', wishes.time);
  const [small, large, search] = [
    await figures('/toolkit', cookies.small),
    await figures('/toolkit', cookies.large),
    await figures('/toolkit?q=thing%20499', cookies.large),
  ];
  const said = (each: typeof small): string =>
    `${Math.round(each.perSecond)}/s p50 ${each.p50.toFixed(1)} p99 ${each.p99.toFixed(1)} ms${each.failures > 0 ? ` (${each.failures} failed)` : ''}`;
  const lines: Line[] = [
    { what: `toolkit of ${SMALL}`, figure: said(small), reference: '', ratio: null, goal: '' },
    {
      what: `toolkit of ${LARGE}, beside its rows by a bare statement`,
      figure: said(large),
      reference: `${Math.round(bare)}/s`,
      ratio: large.perSecond / bare,
      goal: '≥ 0.35',
    },
    {
      what: `toolkit of ${LARGE} ÷ of ${SMALL}, p50`,
      figure: (large.p50 / small.p50).toFixed(2),
      reference: '',
      ratio: null,
      goal: 'queries equal',
    },
    {
      what: `a word looked for among ${LARGE} sealed notes`,
      figure: said(search),
      reference: '',
      ratio: null,
      goal: 'p50 ≤ 100 ms at 16',
    },
    {
      what: 'resident memory after it',
      figure: `${residentMb(web.pid)} MB`,
      reference: '',
      ratio: null,
      goal: '≤ 200 MB',
    },
  ];
  await web.stop();
  await client.query(`delete from members where handle like 'bench-kit-%'`);
  await client.query(`delete from coping_strategies where slug like 'bench-kit-%'`);
  await client.end();
  return lines;
}

/** The rows of a toolkit as fast as they come over as many connections. @returns reads a second */
async function bareReads(url: string, member: string, time: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  const text = `
    select i.id, i.words, i.used, i.saved_at, s.slug, s.name, s.summary, s.minutes
    from toolkit_items i
    left join coping_strategies s on s.id = i.strategy_id and s.status = 'published'
    where i.member_id = $1
    order by i.position, i.id
  `;
  let reads = 0;
  const end = performance.now() + time;
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      await pool.query({ name: 'bare', text, values: [member] });
      reads += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  await pool.end();
  return reads / (time / 1_000);
}

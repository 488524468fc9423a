import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { newKey, encrypt, wrappingKeys } from '../vault/encryption.js';
import { WebProcessPair } from './comparison.js';
import { SECRET, type BenchDatabase } from './bench-database.js';
import { residentMb } from './processes.js';
import type { Report } from './report.js';

const SMALL = 50;
const LARGE = 500;

/** Inserts a member with encrypted notes on every saved item. @returns the cookie */
async function memberWithToolkit(
  client: pg.Client,
  count: number,
): Promise<{ member: string; cookie: string }> {
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
  return { member, cookie: `session=${token}` };
}

/**
 * A toolkit of 500 items compared with one of 50, and with the bare statement that reads its rows.
 */
export async function toolkitBench(database: BenchDatabase, report: Report): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    `
      insert into coping_strategies (stable_id, slug, name, summary, steps, minutes, energy, origin,
        status, published_at)
      select 'bench:kit-' || n, 'bench-kit-' || n, 'Strategy number ' || n,
        'Something to try, said in one line.', '{"One thing.","Another thing.","A third."}', 5,
        'low', 'charity', 'published', now()
      from generate_series(1, $1) n
    `,
    [LARGE],
  );
  const [small, large] = [
    await memberWithToolkit(client, SMALL),
    await memberWithToolkit(client, LARGE),
  ];
  await client.query('vacuum analyze toolkit_items, coping_strategies');
  await client.end();
  const webs = await WebProcessPair.start(database, report);
  const reference = { kind: 'toolkit', ids: () => large.member } as const;
  const at = (path: string, { cookie }: { cookie: string }) => [{ path, cookie }];
  try {
    const few = await webs.compare({
      what: `toolkit of ${SMALL}`,
      requests: at('/toolkit', small),
    });
    const many = await webs.compare({
      what: `toolkit of ${LARGE}`,
      requests: at('/toolkit', large),
      reference,
      goal: '≥ 0.35',
    });
    if (few.failures + many.failures === 0)
      report.add({
        what: `toolkit of ${LARGE} ÷ of ${SMALL}, p50`,
        figure: (many.p50 / few.p50).toFixed(2),
      });
    await webs.compare({
      what: `a word looked for among ${LARGE} sealed notes`,
      requests: at('/toolkit?q=thing%20499', large),
      goal: 'p50 ≤ 100 ms',
    });
    report.add({
      what: 'resident memory after it',
      figure: `${residentMb(webs.own.pid)} MB`,
      goal: '≤ 200 MB',
    });
  } finally {
    await webs.stop();
  }
}

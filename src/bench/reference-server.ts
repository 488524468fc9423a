import { createServer } from 'node:http';
import pg from 'pg';

// The reference: a bare server that runs one indexed query for the rows of a page and responds with
// a prebuilt text of the same size. Runs in a separate process, started by bench.ts with its
// settings as arguments.
const [url = '', size = '20000', kind = 'thread'] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 16 });
const body = 'x'.repeat(Number(size));

const STATEMENTS: Record<string, string> = {
  thread: `
      select id, number, body_html, author_id, created_at
      from posts
      where thread_id = $1 and number between 1 and 20
      order by number
    `,
  strategies: `
      select id, slug, name, summary, minutes, energy, kinds, origin
      from coping_strategies
      where status = $$published$$ and minutes > $1::int % 20
      order by minutes, id
      limit 25
    `,
  toolkit: `
      select i.id, i.words, i.used, i.saved_at, s.slug, s.name, s.summary, s.minutes
      from toolkit_items i
      left join coping_strategies s on s.id = i.strategy_id and s.status = $$published$$
      where i.member_id = $1
      order by i.position, i.id
    `,
  community: `
      select id, title, reply_count, last_post_at
      from threads
      where community_id = $1 and status = $$published$$
      order by last_post_at desc, id desc
      limit 25
    `,
};

// Separate tables, so that the product's counters are unaffected.
const TABLES = [
  'drop table if exists bench_threads, bench_posts, bench_outbox',
  `
    create table bench_threads as
    select id, reply_count, next_number, last_post_at
    from threads
  `,
  'alter table bench_threads add primary key (id)',
  'create table bench_posts (like posts including defaults including identity including indexes)',
  'create table bench_outbox (like outbox including defaults including identity including indexes)',
];
const COUNT = `
  update bench_threads
  set reply_count = reply_count + 1, next_number = next_number + 1, last_post_at = now()
  where id = $1
  returning next_number - 1 as number
`;
const INSERT = `
  insert into bench_posts (thread_id, number, author_id, body, body_html, created_at)
  values ($1, $2, $3, $4, $4, now())
`;
const EVENT = `insert into bench_outbox (event, ids, dispatched_at) values ('bench', '{}', now())`;

async function insert(id: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ number: number }>({
      name: 'count',
      text: COUNT,
      values: [id],
    });
    await client.query({
      name: 'insert',
      text: INSERT,
      values: [id, rows[0]?.number, '1', 'A reply of some words, as people write them.'],
    });
    await client.query({ name: 'event', text: EVENT });
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function answer(id: string): Promise<void> {
  if (kind === 'insert') await insert(id);
  else await pool.query({ name: kind, text: STATEMENTS[kind] ?? '', values: [id] });
}

if (kind === 'insert') for (const text of TABLES) await pool.query(text);

const server = createServer((req, res) => {
  const id = /(\d+)/.exec(req.url ?? '')?.[1] ?? '1';
  answer(id).then(
    () => {
      res.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-length': body.length,
      });
      res.end(body);
    },
    () => {
      // The load generator counts it as a failure.
      res.writeHead(500);
      res.end();
    },
  );
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
process.on('SIGTERM', () => process.exit(0));

import { createServer } from 'node:http';
import pg from 'pg';

// The reference: a bare server that runs one indexed query for the rows of a page and writes a
// prebuilt text of the same size. It is a process of its own, started by bench.ts with its settings
// in the arguments.
const [url = '', size = '20000', kind = 'thread'] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 16 });
const text = 'x'.repeat(Number(size));

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
  community: `
      select id, title, reply_count, last_post_at
      from threads
      where community_id = $1 and status = $$published$$
      order by last_post_at desc, id desc
      limit 25
    `,
};

const INSERT = `
  insert into posts (thread_id, number, author_id, body, body_html, created_at)
  select $1, coalesce(max(number), 0) + 1, $2, $3, $3, now()
  from posts
  where thread_id = $1
`;

async function answer(id: string): Promise<void> {
  if (kind !== 'insert') {
    await pool.query({ name: kind, text: STATEMENTS[kind] ?? '', values: [id] });
    return;
  }
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query({
      name: 'lock',
      text: 'update threads set reply_count = reply_count + 1, last_post_at = now() where id = $1',
      values: [id],
    });
    await client.query({
      name: 'insert',
      text: INSERT,
      values: [id, '1', 'A reply of some words, as people write them.'],
    });
    await client.query({
      name: 'outbox',
      text: `insert into outbox (event, ids, dispatched_at) values ('bench', '{}', now())`,
    });
    await client.query('commit');
  } finally {
    client.release();
  }
}

const server = createServer((req, res) => {
  const id = /(\d+)/.exec(req.url ?? '')?.[1] ?? '1';
  answer(id).then(
    () => {
      res.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-length': Buffer.byteLength(text),
      });
      res.end(text);
    },
    () => {
      // The load that measures counts it.
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

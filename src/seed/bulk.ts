import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { bodyHtml } from '../content/markdown.js';
import { indexBulk, withoutIndexing } from './bulk-index.js';
import { randomFor, type Random } from './random.js';
import { sentence, paragraph } from './bulk-words.js';

export interface BulkOptions {
  members: number;
  communities: number;
  threads: number;
  posts: number;
  seed: number;
}

export type Progress = (what: string, done: number, all: number) => void;

/**
 * Different bodies are made once and dealt out: rendering a million of them would measure the
 * Markdown parser.
 */
const BODIES = 2_000;
const BATCH = 2_000;
const WISHES = ['listen', 'experiences', 'advice'];
const KINDS = ['support', 'question', 'experience', 'win'];

/**
 * Bulk data for benchmarks, by COPY; the same seed gives the same rows. Threads get most of their
 * posts by a long-tailed share, and the first thread a twentieth of all, so that a very long one is
 * there.
 * @returns the ids that benchmarks aim at
 */
export async function seedBulk(
  url: string,
  wishes: BulkOptions,
  progress: Progress,
): Promise<{ firstThread: string; longThread: string; lastThread: string }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set synchronous_commit = off`);
    const base = await bases(client);
    await members(client, wishes, base, progress);
    await communities(client, wishes, base);
    await withoutIndexing(client, () => threadsAndPosts(client, wishes, base, progress));
    progress('search index', 0, 1);
    await indexBulk(client, base.post);
    progress('search index', 1, 1);
    await client.query(`
      select setval(pg_get_serial_sequence('members', 'id'), (select max(id) from members)),
      setval(pg_get_serial_sequence('communities', 'id'), (select max(id) from communities)),
      setval(pg_get_serial_sequence('threads', 'id'), (select max(id) from threads)),
        setval(pg_get_serial_sequence('posts', 'id'), (select max(id) from posts))`);
    progress('statistics', 0, 1);
    await client.query(
      'vacuum analyze members, memberships, communities, threads, posts, post_words',
    );
    progress('statistics', 1, 1);
    return {
      firstThread: String(base.thread + 2),
      longThread: String(base.thread + 1),
      lastThread: String(base.thread + wishes.threads),
    };
  } finally {
    await client.end();
  }
}

interface Bases {
  member: number;
  community: number;
  thread: number;
  post: number;
  now: number;
}

async function bases(client: pg.Client): Promise<Bases> {
  const { rows } = await client.query<Record<string, string>>(
    `
      select (select coalesce(max(id), 0) from members) as member,
        (select coalesce(max(id), 0) from communities) as community,
            (select coalesce(max(id), 0) from threads) as thread,
              (select coalesce(max(id), 0) from posts) as post,
              extract(epoch from date_trunc('hour', now())) * 1000 as now`,
  );
  const row = rows[0] ?? {};
  return {
    member: Number(row.member),
    community: Number(row.community),
    thread: Number(row.thread),
    post: Number(row.post),
    now: Number(row.now),
  };
}

async function copy(
  client: pg.Client,
  table: string,
  columns: string,
  lines: Iterable<string>,
): Promise<void> {
  await pipeline(
    Readable.from(batched(lines), { objectMode: false, highWaterMark: 1 << 20 }),
    client.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
  );
}

function* batched(lines: Iterable<string>): Generator<Buffer> {
  let batch: string[] = [];
  for (const line of lines) {
    batch.push(line);
    if (batch.length === BATCH) {
      yield Buffer.from(batch.join(''));
      batch = [];
    }
  }
  if (batch.length > 0) yield Buffer.from(batch.join(''));
}

function field(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
}

function at(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

async function members(
  client: pg.Client,
  wishes: BulkOptions,
  base: Bases,
  progress: Progress,
): Promise<void> {
  const { members: all } = wishes;
  function* rows(): Generator<string> {
    for (let n = 1; n <= all; n += 1) {
      if (n % 10_000 === 0) progress('members', n, all);
      const since = at(base.now - (n % 700) * 86_400_000);
      yield `${base.member + n}\tbulk-${base.member + n}\tbulk-${base.member + n}@example.org\t${since}\tbulk-${n}\t${since}\t${since}\t${since}\n`;
    }
  }
  await copy(
    client,
    'members',
    'id, handle, email, email_verified_at, avatar_seed, age_confirmed_at, guidelines_accepted_at, created_at',
    rows(),
  );
}

async function communities(client: pg.Client, wishes: BulkOptions, base: Bases): Promise<void> {
  const random = randomFor(wishes.seed, 'communities');
  function* rows(): Generator<string> {
    for (let n = 1; n <= wishes.communities; n += 1) {
      const id = base.community + n;
      yield `${id}\tbulk-${id}\tCommunity ${id}\t${field(sentence(random).slice(0, 150))}\tpublic\t${at(base.now - 900 * 86_400_000)}\n`;
    }
  }
  await copy(client, 'communities', 'id, slug, name, summary, visibility, created_at', rows());
  await client.query(
    `
      insert into community_guidelines (community_id, version, rules)
      select id, 1, array['Be kind. People here are having a hard time.']
      from communities
      where id > $1
    `,
    [base.community],
  );
  function* places(): Generator<string> {
    for (let n = 1; n <= wishes.members; n += 1) {
      const first = n % wishes.communities;
      for (const place of new Set([
        first,
        (first * 7 + 3) % wishes.communities,
        (n * 13 + 5) % wishes.communities,
      ]))
        yield `${base.community + 1 + place}\t${base.member + n}\n`;
    }
  }
  await copy(client, 'memberships', 'community_id, member_id', places());
  await client.query(
    `
      update communities c
      set member_count = m.count
      from (select community_id, count(*) as count from memberships group by 1) m
      where m.community_id = c.id and c.id > $1
    `,
    [base.community],
  );
}

interface Plan {
  counts: Uint32Array;
  bodies: { text: string; html: string }[];
}

function plan(wishes: BulkOptions, random: Random): Plan {
  const counts = new Uint32Array(wishes.threads).fill(1);
  let left = Math.max(0, wishes.posts - wishes.threads);
  const long = Math.min(left, Math.floor(wishes.posts / 20));
  counts[0] = (counts[0] ?? 0) + long;
  left -= long;
  while (left > 0) {
    const thread = Math.floor(wishes.threads * random.next() ** 2);
    const some = Math.min(left, 1 + random.below(40));
    counts[thread] = (counts[thread] ?? 0) + some;
    left -= some;
  }
  const bodies = Array.from({ length: BODIES }, () => {
    const text = Array.from({ length: 1 + random.below(4) }, () => paragraph(random)).join('\n\n');
    return { text: field(text), html: field(bodyHtml(text)) };
  });
  return { counts, bodies };
}

async function threadsAndPosts(
  client: pg.Client,
  wishes: BulkOptions,
  base: Bases,
  progress: Progress,
): Promise<void> {
  const random = randomFor(wishes.seed, 'posts');
  const { counts, bodies } = plan(wishes, random);
  const year = 365 * 86_400_000;
  const opened = (n: number): number =>
    base.now - year + Math.floor((n / wishes.threads) * (year - 86_400_000));
  function* threads(): Generator<string> {
    for (let n = 0; n < wishes.threads; n += 1) {
      const posts = counts[n] ?? 1;
      const start = opened(n);
      yield `${base.thread + n + 1}\t${base.community + 1 + (n % wishes.communities)}\t${field(sentence(random).slice(0, 110))}\t${random.pick(KINDS)}\t${random.pick(WISHES)}\t${posts - 1}\t${posts + 1}\t${at(start + posts * 60_000)}\t${at(start)}\n`;
    }
  }
  await copy(
    client,
    'threads',
    'id, community_id, title, kind, reply_wish, reply_count, next_number, last_post_at, created_at',
    threads(),
  );
  // Indexes are built once over the finished table; constraints were kept by the generator and are
  // checked again by each index.
  function* posts(): Generator<string> {
    let id = base.post;
    for (let n = 0; n < wishes.threads; n += 1) {
      const start = opened(n);
      const all = counts[n] ?? 1;
      for (let number = 1; number <= all; number += 1) {
        id += 1;
        if (id % 10_000 === 0) progress('posts', id - base.post, wishes.posts);
        const body = random.pick(bodies);
        const author = base.member + 1 + random.below(wishes.members);
        yield `${id}\t${base.thread + n + 1}\t${number}\t${author}\t${body.text}\t${body.html}\t${random.below(4)}\t${at(start + number * 60_000)}\n`;
      }
    }
  }
  await copy(
    client,
    'posts',
    'id, thread_id, number, author_id, body, body_html, same_boat, created_at',
    posts(),
  );
  await client.query(
    `
      update communities c
      set thread_count = t.count, last_post_at = t.last
      from (select community_id, count(*) as count, max(last_post_at) as last
        from threads
        group by 1) t
      where t.community_id = c.id and c.id > $1
    `,
    [base.community],
  );
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { valuesFor } from '../src/kernel/named-parameters.js';
import type { Statement } from '../src/kernel/sql.js';
import { findSubmittedBefore } from '../src/posting/post-writer.queries.js';
import { postById } from '../src/posts/post-access.queries.js';
import { threadById } from '../src/threads/thread-access.queries.js';
import { threadLists } from '../src/threads/thread-list.queries.js';
import { threadPosts, threadPostsForGuests } from '../src/threads/thread-posts.queries.js';
import { testDatabase, type TestDatabase } from './support/database.js';

const PARTS = 8;
/** Number of threads in each partition. */
const WIDTH = 3;
// Forces index scans, as a small table is cheaper to read in full but a large one is not.
const LARGE = `
  set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off;
  set enable_bitmapscan = off; set jit = off`;

interface PlanNode {
  'Relation Name'?: string;
  'Actual Loops': number;
  Plans?: PlanNode[];
}

// The plan of docs/scaling.md depends on the hot statements filtering by thread.
describe('posts in partitions by thread', () => {
  let db: TestDatabase;
  let client: pg.Client;
  let community: string;
  let member: string;
  let threads: string[];

  beforeAll(async () => {
    db = await testDatabase();
    const slug = await db.make.community();
    member = await db.make.member('reader');
    threads = [];
    for (let n = 0; n < PARTS * WIDTH; n += 1) {
      const thread = await db.make.thread({ community: slug, author: 'writer' });
      await db.make.reply({ thread, author: 'writer' });
      threads.push(thread);
    }
    client = new pg.Client({ connectionString: db.url });
    await client.connect();
    const { rows } = await client.query<{ id: string }>(
      'select id from communities where slug = $1',
      [slug],
    );
    community = rows[0]?.id ?? '';
    await client.query(LARGE);
    await client.query(`
      create schema parted;
      create table parted.posts (like public.posts including defaults)
        partition by range (thread_id);
      create unique index on parted.posts (thread_id, number);
      create index on parted.posts (id);
      create index on parted.posts (author_id, id desc);
      create table parted.post_words (like public.post_words including defaults)
        partition by range (post_id);
      create index on parted.post_words using gin (words)`);
    for (let part = 0; part < PARTS; part += 1) {
      const first = threads[part * WIDTH];
      const from = part === 0 ? 'minvalue' : first;
      const next = part + 1 === PARTS ? 'maxvalue' : threads[(part + 1) * WIDTH];
      const opening = (thread: string | undefined): string =>
        `(select id from public.posts where thread_id = ${thread ?? 0} and number = 1)`;
      const bound = async (edge: string | undefined): Promise<string> =>
        edge === 'minvalue' || edge === 'maxvalue'
          ? edge
          : String((await client.query<{ id: string }>(opening(edge).slice(1, -1))).rows[0]?.id);
      await client.query(`
        create table parted.posts_${part} partition of parted.posts
          for values from (${from ?? ''}) to (${next ?? ''});
        create table parted.post_words_${part} partition of parted.post_words
          for values from (${await bound(from)}) to (${await bound(next)})`);
    }
    await client.query(`
      insert into parted.posts select * from public.posts;
      insert into parted.post_words select * from public.post_words;
      analyze parted.posts;
      analyze parted.post_words;
      set search_path = parted, public`);
  });
  afterAll(async () => {
    await client.end();
    await db.close();
  });

  /** @returns the partitions that a query actually reads, not only plans for */
  async function visited(text: string, values: unknown[], table: string): Promise<string[]> {
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `explain (analyze, costs off, timing off, format json) ${text}`,
      values,
    );
    const found = new Set<string>();
    const walk = (node: PlanNode): void => {
      const name = node['Relation Name'] ?? '';
      if (name.startsWith(`${table}_`) && /_\d+$/.test(name) && node['Actual Loops'] > 0)
        found.add(name);
      node.Plans?.forEach(walk);
    };
    const [top] = rows;
    if (top === undefined) throw new Error('no plan');
    walk(top['QUERY PLAN'][0].Plan);
    return [...found];
  }
  const posts = <Params extends object, Row extends object>(
    what: Statement<Params, Row>,
    parameters: Params,
  ): Promise<string[]> => visited(what.text, valuesFor(what, parameters), 'posts');

  // 4 is in the second partition, number 1.
  const one = (): string => threads[4] ?? '';
  const range = () => ({ threadId: one(), fromNumber: 1, toNumber: 25 });
  const viewer = { isStaff: false, mayModerate: false, isSuspended: false };

  it('are read from one partition by the page of a thread', async () => {
    const facts = { id: one(), memberId: member, draftPlace: '', ...viewer };
    expect(await posts(threadPostsForGuests, range())).toEqual(['posts_1']);
    const asMember = { viewerId: member, viewerModeratesHere: false, ...viewer };
    expect(await posts(threadPosts, { ...range(), ...asMember })).toEqual(['posts_1']);
    // Whether the viewer has written here under the handle is looked up by author and thread.
    expect(await posts(threadById, facts)).toEqual(['posts_1']);
  });

  it('are read from as many as a list has threads in', async () => {
    const list = {
      communityId: community,
      viewerId: null,
      time: '4102444800000000',
      id: '9223372036854775807',
      limit: WIDTH,
    };
    // The newest threads are the last ones.
    expect(await posts(threadLists.new, list)).toEqual([`posts_${PARTS - 1}`]);
  });

  it('are looked for in every partition by what does not know the thread', async () => {
    const id = { id: '1', viewerId: member, ...viewer };
    expect(await posts(postById, id)).toHaveLength(PARTS);
    const sent = { viewerId: member, idempotencyKey: 'key' };
    expect(await posts(findSubmittedBefore, sent)).toHaveLength(PARTS);
  });

  it('are found by words in the newest partitions alone, once windows name their first post', async () => {
    const step = (more: string): string => `
      with q as materialized (
        select plainto_tsquery('public.search_en', 'words') as wanted,
          (select max(id) from public.posts) as newest)
      select w.post_id
      from q
      cross join post_words w
      where w.words @@ q.wanted ${more}
      limit 200`;
    expect(await visited(step(''), [], 'post_words')).toHaveLength(PARTS);
    const window = 'and w.post_id >= q.newest - 5';
    expect(await visited(step(window), [], 'post_words')).toEqual([`post_words_${PARTS - 1}`]);
  });
});

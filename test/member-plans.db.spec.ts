import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Sessions } from '../src/accounts/sessions.service.js';
import { CommunityAccess } from '../src/communities/community-access.service.js';
import { PageChanges } from '../src/http/page-changes.js';
import { SharedCaches } from '../src/http/shared-cache.js';
import { Home } from '../src/home/home.service.js';
import type { Config } from '../src/kernel/config.js';
import { valuesFor } from '../src/kernel/named-parameters.js';
import type { Replicas } from '../src/kernel/replicas.js';
import type { Sql, Statement } from '../src/kernel/sql.js';
import { Inbox } from '../src/notifications/inbox/inbox.service.js';
import { CommunityOverviews } from '../src/communities/community-overviews.js';
import { CommunityPage } from '../src/threads/community-page.service.js';
import { RecentThreadLists } from '../src/threads/recent-threads.js';
import { ThreadAccess } from '../src/threads/thread-access.js';
import { postsFor } from '../src/threads/thread-posts.js';
import { ToolkitReader } from '../src/toolkit/items/toolkit-reader.service.js';
import { testDatabase, type TestDatabase } from './support/database.js';
import { viewer } from './support/viewers.js';

const MEMBERS = 20_000;
const COMMUNITIES = 100;
/** Rows that one step of a plan may read: a page of each of a member's communities, and more. */
const MOST_ROWS = 400;
const TOKEN = 'the-token-of-the-newest-member';

/** Opens the session of the newest member. */
const LOG_IN = `
  insert into sessions (token_hash, member_id, expires_at)
  values (sha256('${TOKEN}'), ${MEMBERS}, now() + interval '1 day')`;

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}
type Captured = readonly [what: Statement<object, object>, parameters: object];

// Statistics or not, one plan for all values or one for each: whatever the planner believes, a page
// must not read a table. It once read all members to find the newest one of a session.
describe("the plans of a member's pages", () => {
  let world: TestDatabase;
  let client: pg.Client;
  let statements: Captured[];

  beforeAll(async () => {
    world = await testDatabase();
    client = new pg.Client({ connectionString: world.url });
    await client.connect();
    await client.query('set max_parallel_workers_per_gather = 0; set jit = off');
    const tables =
      'members, memberships, threads, posts, sessions, notices, thread_follows, toolkit_items';
    for (const table of tables.split(/,\s+/))
      await client.query(`alter table ${table} set (autovacuum_enabled = off)`);
    await world.make.strategy();
    await grow();
    statements = await captured();
  });
  afterAll(async () => {
    await client.end();
    await world.close();
  });

  /** Members in three communities each, a thread with a reply of each, two notices of each. */
  async function grow(): Promise<void> {
    await client.query(`
      set session_replication_role = replica;
      insert into communities (slug, name, summary)
      select 'c-' || n, 'Community ' || n, '' from generate_series(1, ${COMMUNITIES}) n;
      insert into members (handle, avatar_seed, email_verified_at)
      select 'member-' || n, n, now() from generate_series(1, ${MEMBERS}) n;
      insert into memberships (community_id, member_id)
      select 1 + (m.id * k) % ${COMMUNITIES}, m.id
      from members m cross join unnest(array[1, 7, 13]) k
      on conflict do nothing;
      insert into threads (community_id, title, kind, reply_wish, next_number, reply_count,
        last_post_at, created_at, has_extras)
      select 1 + id % ${COMMUNITIES}, 'Thread ' || id, 'support', 'listen', 3, id % 2,
        now() - id * interval '1 minute', now() - id * interval '1 minute', true
      from members;
      insert into posts (thread_id, number, author_id, body, body_html)
      select t.id, n, t.id, 'Words', '<p>Words</p>'
      from threads t cross join generate_series(1, 2) n;
      insert into sessions (token_hash, member_id, expires_at)
      select sha256(id::text::bytea), id, now() + interval '1 day' from members where id <= 20;
      ${LOG_IN};
      insert into notices (member_id, kind, thread_id, post_id)
      select author_id, 'reply-to-thread', thread_id, id from posts;
      insert into thread_follows (thread_id, member_id, level)
      select id, id, 'following' from threads;
      insert into toolkit_items (id, member_id, strategy_id, position, saved_at, updated_at)
      select m.id, m.id, s.id, 1, now(), now()
      from members m cross join coping_strategies s;
      set session_replication_role = origin`);
  }

  /** Every statement that the pages send, with its parameters. */
  async function captured(): Promise<Captured[]> {
    const all = new Map<string, Captured>();
    const sql = Object.create(world.sql) as Sql;
    sql.rows = ((what: Statement<object, object>, parameters: object = {}) => {
      all.set(what.name, [what, parameters]);
      return world.sql.rows(what, parameters);
    }) as Sql['rows'];
    const { clock } = world;
    const none = { enabled: false } as Replicas;
    const config = { STAFF_IDLE_MINUTES: 30, PAGE_MEMORY_MB: 24 } as Config;
    const metrics = { add: () => undefined } as never;
    const changes = new PageChanges(sql, none, clock);
    const caches = new SharedCaches(changes, clock, config, none, metrics);
    const recent = new RecentThreadLists(sql, clock, caches);
    const access = new CommunityAccess(sql);
    const overviews = new CommunityOverviews(sql, caches);
    const rendered = undefined as never;
    const page = new CommunityPage(sql, clock, recent, overviews, rendered);
    const session = await new Sessions(sql, clock, config).viewerOf(TOKEN);
    if (session === null) throw new Error('no session');
    const thread = session.memberId;
    for (const hasFilters of [true, false]) {
      const reader = viewer({ ...session, hasFilters });
      const slug = `c-${1 + (Number(thread) % COMMUNITIES)}`;
      const query = { topic: null, after: undefined };
      for (const sort of ['active', 'new', 'unanswered'] as const)
        await page.read(reader, slug, { ...query, sort });
      await new ThreadAccess(sql).load(reader, thread);
      await postsFor(sql, reader, thread, 1, false, clock.now());
      await postsFor(sql, null, thread, 1, false, clock.now());
      await new Home(
        sql,
        clock,
        undefined as never,
        undefined as never,
        recent,
        rendered,
      ).forMember(reader);
      await recent.of((await access.load(reader, slug)).id);
      await new Inbox(sql, clock).page(reader, null, undefined);
      const vault = { of: () => Promise.resolve(null) } as never;
      const items = { search: '', collection: undefined, page: 1 };
      await new ToolkitReader(sql, vault).list(reader.memberId, items);
    }
    return [...all.values()];
  }

  /** @returns the steps that read more rows than they may, as texts */
  async function greedy([what, parameters]: Captured, mode: string): Promise<string[]> {
    await client.query(`set plan_cache_mode = ${mode}`);
    const values = valuesFor(what, parameters).map(literal).join(', ');
    await client.query(`prepare page as ${what.text}`);
    try {
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `explain (analyze, timing off, format json) execute page${values === '' ? '' : `(${values})`}`,
      );
      return rows.flatMap((row) => stepsOf(row['QUERY PLAN'][0].Plan, what.name));
    } finally {
      await client.query('deallocate page');
    }
  }

  it('are those of many statements', () => {
    const names = statements.map(([{ name }]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'accounts.session',
        'communities.overview',
        'home.new',
        'home.own-in-care',
        'notifications.inbox',
        'threads.access',
        'threads.extras',
        'threads.list-active',
        'threads.own-post-states',
        'threads.posts',
        'threads.posts-unfiltered',
        'threads.recent',
        'toolkit.item-page',
      ]),
    );
  });

  it.each([
    ['without statistics', ''],
    ['with fresh statistics', 'vacuum analyze'],
    [
      'with the statistics from before a new member logged in',
      `delete from sessions where member_id = ${MEMBERS}; analyze sessions; ${LOG_IN}`,
    ],
  ])('read few rows %s', async (_when, before) => {
    await client.query(before);
    const found: string[] = [];
    for (const mode of ['force_generic_plan', 'force_custom_plan'])
      for (const each of statements)
        found.push(...(await greedy(each, mode)).map((step) => `${mode}: ${step}`));
    expect(found).toEqual([]);
  });

  it('of a thread read few of the posts that the member wrote elsewhere', async () => {
    await client.query(`
      set session_replication_role = replica;
      insert into posts (thread_id, number, author_id, body, body_html)
      select id, 3, ${MEMBERS}, 'Words', '<p>Words</p>' from threads where id <= 2 * ${MOST_ROWS};
      set session_replication_role = origin`);
    const found: string[] = [];
    for (const each of statements.filter(([{ name }]) => name.startsWith('threads.')))
      found.push(...(await greedy(each, 'force_generic_plan')));
    expect(found).toEqual([]);
  });

  it('would be detected if they read more', async () => {
    const all = { name: 'all', text: 'select max(avatar_seed) from members', names: [] };
    expect(await greedy([all as never, {}], 'force_generic_plan')).toEqual([
      `all: Seq Scan members reads ${MEMBERS}`,
    ]);
  });
});

function stepsOf(node: PlanNode, name: string): string[] {
  const removed =
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Join Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0);
  const read = Math.round((node['Actual Rows'] + removed) * node['Actual Loops']);
  const own =
    read > MOST_ROWS
      ? [`${name}: ${node['Node Type']} ${node['Relation Name'] ?? ''} reads ${read}`]
      : [];
  return [...own, ...(node.Plans ?? []).flatMap((each) => stepsOf(each, name))];
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Date) return `'${value.toISOString()}'`;
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
  if (Array.isArray(value)) return `'{${value.map((each) => `"${String(each)}"`).join(',')}}'`;
  return pg.escapeLiteral(String(value as string | number | boolean));
}

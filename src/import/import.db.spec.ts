import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allRows } from '../../test/support/release.js';
import { connected } from '../../test/support/databases.js';
import { at, LONG_TITLE, post, RECORDS, sourceOf } from '../../test/support/foreign-forum.js';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Messages } from '../i18n/messages.js';
import { ADVISORY_LOCKS } from '../kernel/advisory-locks.js';
import { ImportFault } from './import-fault.js';
import type { ImportReport } from './report.js';
import { runImport, type ImportOptions } from './run-import.js';
import type { ImportSource } from './source.js';

describe('an import', () => {
  let db: TestDatabase;
  let dry: ImportReport;
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-import-'));
  const losses = join(folder, 'losses');

  const run = (from: ImportSource, more: Partial<ImportOptions> = {}): Promise<ImportReport> =>
    runImport(
      db.url,
      {
        ...{ source: 'discourse', open: () => Promise.resolve(from), file: '', origin: 'old' },
        ...{ communities: ['sleep=Sleep'], language: null, dryRun: false, losses, secrets: [] },
        ...more,
      },
      new Messages(),
      () => undefined,
    );
  const rows = (text: string): Promise<object[]> => db.make.all<object>(text);
  const contents = async (): Promise<string> =>
    createHash('sha256')
      .update(JSON.stringify([...(await allRows(db.url))]))
      .digest('hex');

  beforeAll(async () => {
    db = await testDatabase();
    await db.make.member('settled');
    await db.make.rows(
      `update members set email = 'here@posts.example', email_verified_at = now()
       where handle = 'settled'`,
    );
    await db.make.member('unsure');
    await db.make.rows(
      `update members set email = 'unsure@posts.example', email_verified_at = null,
         password_hash = 'x', confirm_by = now() + interval '1 day'
       where handle = 'unsure'`,
    );
  });
  afterAll(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('changes no row in a dry run, and reports what a run would do', async () => {
    const before = await contents();
    dry = await run(sourceOf(RECORDS), { dryRun: true });
    expect(await contents()).toBe(before);
    expect(dry.made).toEqual({ members: 3, threads: 2, posts: 6 });
  });

  it('resumes after a kill without duplicates', async () => {
    const many = Array.from({ length: 1_400 }, (_, n) => post(`p${n}`, 't1', { createdAt: at(6) }));
    const records = [...RECORDS.slice(0, 10), ...many];
    const options = { origin: 'other', communities: ['killed=1'] };
    await expect(run(sourceOf(records, 1_100), options)).rejects.toThrow('killed');
    const { length: count } = await rows('select post_id from imported_posts');
    expect(count).toBeGreaterThanOrEqual(500);
    expect(count).toBeLessThan(1_400);
    expect(await rows('select post_id from post_words')).toHaveLength(count);
    const again = await run(sourceOf(records), options);
    expect([again.there.posts, again.made.posts]).toEqual([count, 1_400 - count]);
    expect(await rows('select post_id from post_words where index_version = 2')).toHaveLength(
      1_400,
    );
    expect(
      await rows(
        `select count(*)::int as posts, max(p.number) as last, t.next_number as next,
           t.reply_count as replies
         from posts p join threads t on t.id = p.thread_id group by t.id`,
      ),
    ).toEqual([{ posts: 1_400, last: 1_400, next: 1_401, replies: 1_399 }]);
    await db.make.rows(`delete from communities where slug = 'killed'`);
    await db.make.rows(
      `delete from members
       where id in (select member_id from imported_members where not detached)`,
    );
    await db.make.rows(`delete from imports`);
  });

  it('creates accounts without a password, and keeps existing ones', async () => {
    const report = await run(sourceOf(RECORDS));
    expect({ ...report.made }).toEqual(dry.made);
    expect(Object.fromEntries(report.losses)).toEqual(Object.fromEntries(dry.losses));
    expect(
      await rows(
        `select handle::text, email::text, password_hash as "passwordHash",
           email_verified_at as "verifiedAt", created_at as "createdAt"
         from members where created_at < '2020-01-01' order by id`,
      ),
    ).toEqual(
      [
        ['blue-heron', 'a@posts.example'],
        ['kettle', null],
        ['Blue-Heron-2', null],
      ].map(([handle, email]) => ({
        ...{ handle, email, passwordHash: null, verifiedAt: null, createdAt: at(1) },
      })),
    );
  });

  it('creates an unlisted community with threads for members only', async () => {
    expect(
      await rows(
        `select slug, name, summary, visibility, archived_at is not null as archived,
           visits_allowed as visits, thread_count as threads, member_count as members,
           last_post_at as last
         from communities`,
      ),
    ).toEqual([
      {
        ...{ slug: 'sleep', name: 'Sleep', summary: 'Of nights.', visibility: 'unlisted' },
        ...{ archived: true, visits: false, threads: 2, members: 1, last: at(5) },
      },
    ]);
    const threads = await rows(
      `select t.title, t.status, t.reply_count as replies, t.next_number as next,
         t.locked_at is not null as locked, t.created_at as "createdAt",
         t.last_post_at <= now() as past
       from threads t order by id`,
    );
    expect(threads).toEqual([
      {
        ...{ title: expect.stringMatching(/^A title that goes on .{60,} …$/), status: 'published' },
        ...{ replies: 1, next: 3, locked: false, createdAt: at(5), past: true },
      },
      {
        ...{ title: 'Hi…', status: 'published', replies: 3, next: 5, locked: true },
        ...{ createdAt: at(5), past: true },
      },
    ]);
    const posts = await rows(
      `select p.number, w.handle::text, p.name_detached as detached, p.reply_to_number as "to",
         p.folded, p.members_only as "membersOnly", p.body, p.edited_at as "editedAt"
       from posts p left join members w on w.id = p.author_id order by p.thread_id, p.number`,
    );
    const usual = { detached: false, to: null, folded: false, membersOnly: true, editedAt: null };
    const long = `${LONG_TITLE}\n\nA **zeppelin** of words.\n\n> quoted`;
    expect(posts).toEqual([
      { ...usual, number: 1, handle: 'blue-heron', body: long, editedAt: at(9) },
      { ...usual, number: 2, handle: 'kettle', body: 'Words of p2.', to: 1, folded: true },
      { ...usual, number: 1, handle: null, body: '…' },
      { ...usual, number: 2, handle: 'settled', body: 'Words of p4.', detached: true },
      { ...usual, number: 3, handle: null, body: 'half \ufffd sign' },
      { ...usual, number: 4, handle: null, body: 'Words of p9.', to: 2 },
    ]);
    expect(await rows(`select body_html from posts where body like '%zeppelin%'`)).toEqual([
      { body_html: expect.stringContaining('<strong>zeppelin</strong>') },
    ]);
  });

  it('is indexed for search, and notifies nobody', async () => {
    expect(
      await rows(
        `select w.number from post_words w
         where w.words @@ search_query('en', 'zeppelin') or w.words @@ search_query('en', 'sign')
         order by 1`,
      ),
    ).toEqual([{ number: 1 }, { number: 3 }]);
    for (const table of ['outbox', 'notices', 'review_cases', 'mail_deliveries', 'thread_follows'])
      expect(await rows(`select * from ${table}`)).toEqual([]);
    expect(
      await rows(`select deed, detail from moderation_log where deed like 'operator.posts%'
      and detail->>'posts' = '6'`),
    ).toEqual([
      {
        deed: 'operator.posts-imported',
        detail: { source: 'discourse', members: 3, threads: 2, posts: 6 },
      },
    ]);
  });

  it('reports every loss by kind and id, without text', async () => {
    const report = await run(sourceOf(RECORDS));
    expect(report.made).toEqual({ members: 0, threads: 0, posts: 0 });
    expect(report.there).toEqual({ members: 6, threads: 0, posts: 6 });
    expect(Object.fromEntries([...dry.losses].map(([what, { ids }]) => [what, ids]))).toEqual({
      'address-left-out': ['f'],
      'banned-member': ['c'],
      'category-not-asked-for': ['3'],
      'date-in-future': ['p9'],
      'empty-post': ['p6'],
      image: ['p1'],
      'member-without-address': ['b'],
      'name-changed': ['a', 'f'],
      'name-of-member-here': ['d'],
      'post-in-topic-left-out': ['p5'],
      'post-without-name': ['p3', 'p7', 'p9'],
      'post-without-topic': ['p8'],
      'private-category': ['2'],
      'private-message': ['77'],
      'title-shortened': ['t1'],
      'topic-in-category-not-asked-for': ['t4'],
      'topic-in-private-category': ['t3'],
      'topic-without-category': ['t5'],
      'topic-without-posts': ['t6'],
      'unconfirmed-address-here': ['e'],
    });
    const text = `${JSON.stringify(dry)}${readFileSync(losses, 'utf8')}`;
    for (const word of ['heron', 'posts.example', 'zeppelin', 'topic t1'])
      expect(text).not.toContain(word);
    expect(readFileSync(losses, 'utf8')).toContain('image\tp1\n');
  });

  it('imports new content of a later dump of the same forum', async () => {
    await db.make.rows(`delete from members where handle = 'kettle'`);
    const later = [
      ...RECORDS.slice(0, 15),
      post('p2', 't1', { memberId: 'b' }),
      post('p20', 't1', { memberId: 'b', answers: 'p2' }),
      post('p21', 't6'),
    ];
    const report = await run(sourceOf(later));
    expect(report.made).toEqual({ members: 0, threads: 1, posts: 2 });
    expect(
      await rows(
        `select p.number, p.reply_to_number as "to", p.author_id as author
         from posts p where p.body = 'Words of p20.'`,
      ),
    ).toEqual([{ number: 3, to: 2, author: null }]);
  });

  it('rejects another forum, an unknown category, and a concurrent import', async () => {
    const others = RECORDS.map((record) => ({ ...record, joinedAt: at(20) }));
    const before = await contents();
    await expect(run(sourceOf(others))).rejects.toThrow(ImportFault);
    await expect(run(sourceOf(RECORDS), { communities: ['a-b=7'] })).rejects.toThrow(ImportFault);
    await expect(run(sourceOf(RECORDS), { language: 'xx' })).rejects.toThrow(ImportFault);
    await expect(run(sourceOf(RECORDS), { losses: folder })).rejects.toThrow(ImportFault);
    await connected(db.url, async (client) => {
      await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCKS.import]);
      await expect(run(sourceOf(RECORDS))).rejects.toThrow('Another import');
    });
    expect(await contents()).toBe(before);
  });
});

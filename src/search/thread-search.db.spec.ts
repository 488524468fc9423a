import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { sharedCaches } from '../../test/support/shared-caches.js';
import { transactionsEnded } from '../../test/support/transactions.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import type { FoundThread } from './thread-search.queries.js';
import { ThreadSearch, type ThreadSearchOptions } from './thread-search.js';

const KETTLES = 4;

describe('matches of searches in memory', () => {
  let db: TestDatabase;
  let kept: ThreadSearch;
  let afresh: ThreadSearch;
  let ann: Viewer;
  let bea: Viewer;
  let threads: string[];

  const options: ThreadSearchOptions = {
    query: 'kettle',
    strictness: 'all',
    limit: 10,
    shared: true,
  };
  const idsOf = (rows: readonly FoundThread[]): string[] => rows.map(({ id }) => id);

  beforeAll(async () => {
    db = await testDatabase();
    await db.make.community({ slug: 'tea' });
    await db.make.community({ slug: 'closed', visibility: 'members' });
    await db.make.join('ann', 'closed');
    ann = await db.make.viewer('ann');
    await db.make.member('bea');
    bea = await db.make.viewer('bea');
    threads = [];
    for (let n = 0; n < KETTLES; n += 1) {
      const thread = await db.make.thread({
        community: 'tea',
        author: `writer-${n}`,
        title: `Kettle ${n}`,
        body: `A kettle and word${n}.`,
      });
      await db.make.reply({ thread, body: `Another kettle, and word${n}.` });
      threads.push(thread);
    }
    await db.make.thread({ community: 'closed', title: 'Kettle at home', body: 'A kettle.' });
    db.clock.freeze();
  });
  afterAll(() => db.close());

  // Of every test, as what was found before would be in memory.
  beforeEach(async () => {
    kept = new ThreadSearch(db.sql, db.clock, sharedCaches(db, 24));
    afresh = new ThreadSearch(db.sql, db.clock, sharedCaches(db, 0));
    await transactionsEnded(db.make);
    // A mark is reused for a second.
    db.clock.move(2_000);
  });

  /** The result of a search, which is the same with what is in memory and without. */
  const found = async (
    viewer: MaybeViewer,
    changes: Partial<ThreadSearchOptions> = {},
  ): Promise<FoundThread[]> => {
    const rows = await kept.find(viewer, { ...options, ...changes });
    expect(rows).toEqual(await afresh.find(viewer, { ...options, ...changes }));
    return rows;
  };

  it('are read once for all who may read the same communities', async () => {
    const rows = await found(null);
    expect(idsOf(rows).sort()).toEqual([...threads].sort());
    expect(await found(null)).toEqual(rows);
    expect(idsOf(await found(bea))).toEqual(idsOf(rows));
    expect(await found(bea, { offset: 1, limit: 2 })).toEqual((await found(bea)).slice(1, 3));
    expect(kept.counts).toEqual({ reused: 4, read: 1, stale: 0 });
    expect(await found(ann)).toHaveLength(KETTLES + 1);
    expect(await found(null)).toHaveLength(KETTLES);
    expect(kept.counts).toEqual({ reused: 5, read: 2, stale: 0 });
  });

  it('are those of one query, in one community, with one set of labels', async () => {
    const whole = await found(null);
    for (const changes of [{ query: 'word1' }, { labels: "'#kwin'" }, { community: 'closed' }])
      expect((await found(null, changes)).length).toBeLessThan(whole.length);
    expect(await found(ann, { community: 'closed' })).toHaveLength(1);
    expect(kept.counts.reused).toBe(0);
  });

  it('are those of all of the words, or of any', async () => {
    const query = 'kettle word1';
    expect(await found(null, { query })).toHaveLength(1);
    expect(await found(null, { query, strictness: 'any' })).toHaveLength(KETTLES);
    expect(kept.counts.reused).toBe(0);
  });

  it('are not kept of an unfinished text', async () => {
    await found(null, { shared: false });
    await found(null, { shared: false });
    expect(kept.counts).toEqual({ reused: 0, read: 2, stale: 0 });
  });

  it('are kept for five minutes, and then deleted', async () => {
    await found(null);
    const { bytes } = kept;
    db.clock.move(301_000);
    await found(null);
    expect(kept.counts.reused).toBe(0);
    db.clock.move(301_000);
    await found(null, { query: 'zyzzyvaquux' });
    expect(kept.bytes).toBeLessThan(bytes);
  });

  it('never show a viewer what they filter, nor a folded post', async () => {
    const [first = '', second = '', third = '', fourth = ''] = threads;
    await found(null);
    await db.make.rows(`insert into muted_words (member_id, word) values ($1, 'word0')`, [
      bea.memberId,
    ]);
    await db.make.rows(
      `insert into blocks (member_id, blocked_id)
       select $1, author_id from posts where thread_id = $2 and number = 1`,
      [bea.memberId, second],
    );
    await db.make.rows(
      `insert into thread_follows (member_id, thread_id, level) values ($1, $2, 'muted')`,
      [bea.memberId, third],
    );
    expect(idsOf(await found(bea))).toEqual([fourth]);
    expect(idsOf(await found(null))).toContain(first);
    expect(kept.counts.reused).toBe(2);
    for (const table of ['muted_words', 'blocks', 'thread_follows'])
      await db.make.rows(`delete from ${table} where member_id = $1`, [bea.memberId]);
  });

  it('keep the excerpt of a post for those who do not have it folded', async () => {
    await db.make.rows(`update posts set content_warnings = '{grief}' where thread_id = $1`, [
      threads[0],
    ]);
    await db.make.rows(
      `insert into note_choices (member_id, note, choice) values ($1, 'grief', 'show')`,
      [bea.memberId],
    );
    const excerptFor = async (viewer: MaybeViewer): Promise<unknown> =>
      (await found(viewer)).find(({ id }) => id === threads[0])?.excerpt;
    expect(await excerptFor(bea)).toContain('kettle');
    expect(await excerptFor(null)).toBeNull();
    expect(await excerptFor(bea)).toContain('kettle');
    expect(kept.counts.reused).toBe(2);
    await db.make.rows(`update posts set content_warnings = '{}' where thread_id = $1`, [
      threads[0],
    ]);
  });

  it.each([
    [
      'a new post',
      async () => {
        await db.make.thread({ community: 'tea', title: 'Kettle again', body: 'Kettle.' });
      },
      KETTLES + 1,
    ],
    ['an edited post', () => db.make.rows(`update posts set body = 'Tea.', summary = ''`), 5],
    ['a changed title', () => db.make.rows(`update threads set title = 'Tea'`), 0],
  ])('are read anew after %s', async (_what, change, remaining) => {
    const before = await found(null);
    await change();
    const after = await found(null);
    expect(after).toHaveLength(remaining);
    expect(after).not.toEqual(before);
    expect(kept.counts).toMatchObject({ reused: 0, stale: 1 });
  });
});

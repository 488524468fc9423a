import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '../../test/support/database.js';
import { eventCount } from '../../test/support/moderation.js';
import {
  communitiesToModerate,
  mergeForm,
  mergingOn,
  placeOf,
  splitForm,
  splittingOn,
  threadsToMerge,
} from '../../test/support/thread-changes.js';
import type { Viewer } from '../http/viewer.js';
import { concernedByMerge } from '../notifications/notify/recipients.queries.js';
import type { Merging } from './merging.service.js';

describe('merging two threads', () => {
  let world: TestDatabase;
  let merging: Merging;
  let mod: Viewer;
  let older: string;
  let newer: string;
  let opening: string;
  let reply: string;

  beforeAll(async () => {
    ({ world, mod } = await communitiesToModerate());
    merging = mergingOn(world);
  });
  afterAll(() => world.close());

  beforeEach(async () => {
    ({ older, newer, opening, reply } = await threadsToMerge(world));
  });

  const place = (post: string) => placeOf(world, post);
  const row = (id: string): Promise<Record<string, unknown>> =>
    world.make.one('select * from threads where id = $1', [id]);
  const change = (sql: string, id: string): Promise<unknown> =>
    world.make.rows(`update threads set ${sql} where id = $1`, [id]);
  const refused = (why: string): object => ({ field: 'with', key: `threads.merge.error.${why}` });

  it('adds the posts of the newer one to the older, from whichever it is asked', async () => {
    const threads = `select thread_count as threads from communities where slug = 'here'`;
    await world.make.rows(`update communities set thread_count = 10 where slug = 'here'`);
    expect(await merging.merge(mod, newer, mergeForm(older))).toBe(older);
    expect(await place(opening)).toMatchObject({ thread: older, number: 3, answers: null });
    expect(await place(reply)).toMatchObject({ thread: older, number: 4, answers: 3 });
    expect(await row(older)).toMatchObject({ title: 'Nights', reply_count: 3, next_number: 5 });
    expect(await row(newer)).toMatchObject({
      title: 'Awake at night',
      status: 'merged',
      merged_into: older,
      reply_count: 0,
    });
    expect(await world.make.one(threads)).toEqual({ threads: 9 });
    expect(
      await world.make.one(
        `select reason, detail from moderation_log where deed = 'thread.merged' and post_id = $1`,
        [opening],
      ),
    ).toEqual({
      reason: 'Both are about the same nights.',
      detail: { from: newer, thread: older, posts: 2 },
    });
    const ids = { threadId: older, mergedId: newer };
    expect(await eventCount(world.make, 'thread.merged', ids)).toBe(1);
    expect(
      await world.make.one('select thread_id as thread from post_words where post_id = $1', [
        reply,
      ]),
    ).toEqual({ thread: older });
  });

  it('gives its first answer to a form that is sent again', async () => {
    const sent = mergeForm(newer);
    expect(await merging.merge(mod, older, sent)).toBe(older);
    expect(await merging.merge(mod, older, sent)).toBe(older);
    const fromNewer = mergeForm(older);
    await expect(merging.merge(mod, newer, fromNewer)).rejects.toMatchObject(refused('same'));
    expect(await eventCount(world.make, 'thread.merged', { mergedId: newer })).toBe(1);
  });

  it('merges what was merged before, and everything leads to the last one', async () => {
    const newest = await world.make.thread({ community: 'here', author: 'eve' });
    await merging.merge(mod, newer, mergeForm(newest));
    // A thread of a stub is the one that has its posts.
    await merging.merge(mod, older, mergeForm(newest));
    expect(await row(newest)).toMatchObject({ status: 'merged', merged_into: older });
    expect(await row(newer)).toMatchObject({ status: 'merged', merged_into: older });
    expect(await row(older)).toMatchObject({ reply_count: 4 });
  });

  it('gives posts that come back after a split their old numbers', async () => {
    const [first, second] = [
      await world.make.reply({ thread: older, author: 'eve' }),
      await world.make.reply({ thread: older, author: 'ada' }),
    ];
    const splitting = splittingOn(world);
    const split = await splitting.split(mod, older, splitForm([first, second]));
    const late = await world.make.reply({ thread: split, author: 'ben' });
    await merging.merge(mod, split, mergeForm(older));
    expect(await place(first)).toMatchObject({ thread: older, number: 3 });
    expect(await place(second)).toMatchObject({ thread: older, number: 4 });
    expect(await place(late)).toMatchObject({ thread: older, number: 5 });
    const again = await splitting.split(mod, older, splitForm([first, late]));
    expect(await place(late)).toMatchObject({ thread: again, number: 2 });
  });

  it('keeps posts in their state, with their notes, cases and reports', async () => {
    const caseId = await world.make.case({ post: reply });
    await world.make.rows(
      `update posts set status = 'held', held_for = 'detail', held_at = now() where id = $1`,
      [reply],
    );
    await world.make.rows(`update posts set content_warnings = '{grief}' where id = $1`, [opening]);
    await merging.merge(mod, older, mergeForm(newer));
    expect(await place(reply)).toMatchObject({ thread: older, status: 'held' });
    expect(
      await world.make.one('select post_id as post, state from review_cases where id = $1', [
        caseId,
      ]),
    ).toEqual({ post: reply, state: 'open' });
    expect(
      await world.make.all(
        'select number, content_warnings as notes from posts where thread_id = $1 order by number',
        [older],
      ),
    ).toEqual([
      { number: 1, notes: [] },
      { number: 2, notes: [] },
      { number: 3, notes: ['grief'] },
      { number: 4, notes: [] },
    ]);
    expect(await row(older)).toMatchObject({ reply_count: 2 });
  });

  it('keeps a lock, a slow mode and a promise about search engines of either', async () => {
    await change(`locked_at = now(), locked_until = now() + interval '1 day'`, newer);
    await change('slow_minutes = 10, unindexed = true', newer);
    await merging.merge(mod, older, mergeForm(newer));
    const merged = await row(older);
    expect(merged).toMatchObject({ slow_minutes: 10, unindexed: true });
    expect(merged.locked_at).not.toBeNull();
    expect(merged.locked_until).not.toBeNull();
    const third = await world.make.thread({ community: 'here', locked: true });
    await merging.merge(mod, older, mergeForm(third));
    expect((await row(older)).locked_until).toBeNull();
  });

  it('takes followers, bookmarks, folders, drafts and notices along', async () => {
    const [ada, cora] = [await world.make.member('ada'), await world.make.member('cora')];
    const make = world.make;
    await make.rows(
      `insert into thread_follows (thread_id, member_id, level) values ($1, $2, 'muted')`,
      [newer, ada],
    );
    const saved =
      'insert into thread_saves (member_id, thread_id, saved_at) values ($1, $2, now())';
    for (const thread of [older, newer]) await make.rows(saved, [ada, thread]);
    await make.rows(saved, [cora, newer]);
    const folder = await make.folder({ community: 'here', threads: [newer] });
    const draft = `insert into drafts (member_id, place, fields, form_key)
      values ($1, '/t/' || $2::text || '/replies', jsonb_build_object('body', $3::text), $3)`;
    await make.rows(draft, [ada, older, 'one']);
    await make.rows(draft, [ada, newer, 'two']);
    await make.rows(draft, [cora, newer, 'three']);
    const notice = await make.notice('cora', reply);
    await merging.merge(mod, older, mergeForm(newer));
    const all = (sql: string): Promise<object[]> => make.all(sql, [older]);
    expect(
      await all(
        `select m.handle, f.level from thread_follows f join members m on m.id = f.member_id
         where f.thread_id = $1 order by 1`,
      ),
    ).toEqual([
      { handle: 'ada', level: 'following' },
      { handle: 'cora', level: 'following' },
    ]);
    expect(await all('select 1 from thread_saves where thread_id = $1')).toHaveLength(2);
    expect(
      await all('select folder_id as folder from folder_threads where thread_id = $1'),
    ).toEqual([{ folder }]);
    expect(
      await all(
        `select m.handle, d.fields->>'body' as body, d.others->'two'->>'body' as other
         from drafts d join members m on m.id = d.member_id
         where d.place = '/t/' || $1::text || '/replies' order by 1`,
      ),
    ).toEqual([
      { handle: 'ada', body: 'one', other: 'two' },
      { handle: 'cora', body: 'three', other: null },
    ]);
    expect(
      await make.one('select thread_id as thread from notices where id = $1', [notice]),
    ).toEqual({ thread: older });
  });

  it('tells those who wrote in the newer one, the opener of the older, and followers', async () => {
    for (const handle of ['eve', 'fay'])
      await world.make.rows(
        `insert into thread_follows (thread_id, member_id, level) values ($1, $2, $3)`,
        [newer, await world.make.member(handle), handle === 'eve' ? 'following' : 'muted'],
      );
    await merging.merge(mod, older, mergeForm(newer));
    const told = async (): Promise<string[]> => {
      const rows = await world.sql.rows(concernedByMerge, { threadId: older, mergedId: newer });
      expect(new Set(rows.map(({ subjectId }) => subjectId))).toEqual(new Set([newer]));
      const handles = await world.make.all<{ handle: string }>(
        'select handle from members where id = any($1) order by handle',
        [rows.map(({ memberId }) => memberId)],
      );
      return handles.map(({ handle }) => handle);
    };
    expect(await told()).toEqual(['ada', 'cora', 'dan', 'eve']);
    // Nobody is told of a thread that they can no longer read.
    await world.make.join('dan', 'here');
    await world.make.rows(`update posts set members_only = true where thread_id = $1`, [older]);
    expect(await told()).toEqual(['dan']);
  });

  it('never gives two people the same name', async () => {
    await world.make.reply({ thread: older, author: 'eve', alias: 'quiet-hill' });
    const other = await world.make.reply({ thread: newer, author: 'fay', alias: 'quiet-hill' });
    const same = await world.make.reply({ thread: newer, author: 'gil', alias: 'far-lake' });
    await world.make.reply({ thread: older, author: 'gil', alias: 'far-lake' });
    await merging.merge(mod, older, mergeForm(newer));
    const name = async (post: string): Promise<string> =>
      (
        await world.make.one<{ name: string }>(
          'select a.name from posts p join thread_aliases a on a.id = p.alias_id where p.id = $1',
          [post],
        )
      ).name;
    expect(await name(other)).toMatch(/^quiet-hill-\d+$/);
    expect(await name(same)).toBe('far-lake');
  });
});

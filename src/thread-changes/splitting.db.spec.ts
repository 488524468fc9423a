import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '../../test/support/database.js';
import { eventCount } from '../../test/support/moderation.js';
import {
  communitiesToModerate,
  placeOf,
  splitForm,
  splittingOn,
  threadToSplit,
} from '../../test/support/thread-changes.js';
import { viewer as viewerWith } from '../../test/support/viewers.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { authorsOfSplitPosts } from '../notifications/notify/recipients.queries.js';
import type { Splitting } from './splitting.service.js';

describe('splitting a thread', () => {
  let world: TestDatabase;
  let splitting: Splitting;
  let mod: Viewer;
  let thread: string;
  let replies: string[];

  beforeAll(async () => {
    ({ world, mod } = await communitiesToModerate());
    splitting = splittingOn(world);
  });
  afterAll(() => world.close());

  beforeEach(async () => {
    ({ thread, replies } = await threadToSplit(world));
  });

  const at = (index: number): string => replies[index] ?? '';
  const place = (post: string) => placeOf(world, post);
  const counts = (id: string): Promise<object> =>
    world.make.one(
      'select reply_count as replies, next_number as next from threads where id = $1',
      [id],
    );

  it('moves the ticked replies in their order, and leaves the others where they are', async () => {
    const made = await splitting.split(mod, thread, splitForm([at(2), at(1)]));
    expect(await place(at(1))).toMatchObject({ thread: made, number: 1 });
    expect(await place(at(2))).toMatchObject({ thread: made, number: 2 });
    expect(await place(at(0))).toMatchObject({ thread, number: 2 });
    expect(await place(at(3))).toMatchObject({ thread, number: 5 });
    expect(await counts(made)).toEqual({ replies: 1, next: 3 });
    expect(await counts(thread)).toEqual({ replies: 2, next: 6 });
    expect(
      await world.make.one(
        `select title, kind, reply_wish as wish, split_from as source from threads where id = $1`,
        [made],
      ),
    ).toEqual({ title: 'Mornings', kind: 'support', wish: 'listen', source: thread });
    expect(await eventCount(world.make, 'thread.split', { threadId: made })).toBe(1);
    expect(
      await world.make.one(
        `
          select thread_id as thread, words @@ to_tsquery('english', 'mornings') as titled
          from post_words
          where post_id = $1
        `,
        [at(1)],
      ),
    ).toEqual({ thread: made, titled: true });
    expect(
      await world.make.one(
        `
          select reason, detail->>'posts' as posts
          from moderation_log
          where deed = 'thread.split' and detail->>'thread' = $1
        `,
        [made],
      ),
    ).toEqual({ reason: 'A subject of its own.', posts: '2' });
  });

  it('moves everything after the last ticked reply too, if asked', async () => {
    const made = await splitting.split(mod, thread, splitForm([at(1)], { rest: 'on' }));
    expect((await place(at(3))).thread).toBe(made);
    expect((await place(at(0))).thread).toBe(thread);
    // Nobody but its author is left in a thread: it waits for an answer again.
    const last = await world.make.reply({ thread, author: 'opener' });
    await splitting.split(mod, thread, splitForm([at(0)]));
    expect((await place(last)).thread).toBe(thread);
    expect(await counts(thread)).toMatchObject({ replies: 0 });
  });

  it('keeps what is held, hidden or removed as it is, and never starts with it', async () => {
    const [hidden, held] = [at(1), at(2)];
    await world.make.rows(`update posts set status = 'hidden' where id = $1`, [hidden]);
    await world.make.rows(
      `update posts set status = 'held', held_for = 'detail', held_at = now() where id = $1`,
      [held],
    );
    await expect(splitting.split(mod, thread, splitForm([hidden, at(3)]))).rejects.toMatchObject({
      key: 'threads.split.error.first',
    });
    expect((await place(at(3))).thread).toBe(thread);
    const made = await splitting.split(mod, thread, splitForm([at(0)], { rest: 'on' }));
    expect(await place(hidden)).toMatchObject({ thread: made, number: 2, status: 'hidden' });
    expect(await place(held)).toMatchObject({ thread: made, number: 3, status: 'held' });
    expect(await counts(made)).toMatchObject({ replies: 1, next: 5 });
  });

  it('takes followers and notices along, and tells each author once', async () => {
    const ben = await world.make.member('ben');
    await world.make.rows(
      `insert into thread_follows (thread_id, member_id, level) values ($1, $2, 'muted')`,
      [thread, ben],
    );
    const notice = await world.make.notice('opener', at(1));
    const made = await splitting.split(mod, thread, splitForm([at(0), at(1), at(2)]));
    expect(
      await world.make.one('select thread_id as thread from notices where id = $1', [notice]),
    ).toEqual({ thread: made });
    expect(
      await world.make.all(
        `
          select m.handle, f.level
          from thread_follows f
          join members m on m.id = f.member_id
          where f.thread_id = $1
          order by 1
        `,
        [made],
      ),
    ).toEqual([
      { handle: 'ben', level: 'muted' },
      { handle: 'opener', level: 'following' },
    ]);
    const told = await world.sql.rows(authorsOfSplitPosts, { threadId: made });
    expect(told).toEqual(
      expect.arrayContaining([
        { memberId: await world.make.member('ada'), postId: at(0) },
        { memberId: ben, postId: at(1) },
      ]),
    );
    expect(told).toHaveLength(2);
  });

  it('keeps open cases, and what may be listed by search engines', async () => {
    const caseId = await world.make.case({ post: at(1) });
    await world.make.rows(
      `update communities set search_engines_since = now() where slug = 'here'`,
    );
    await world.make.rows(
      `update threads set created_at = now() - interval '1 day' where id = $1`,
      [thread],
    );
    const made = await splitting.split(mod, thread, splitForm([at(1)]));
    expect(await world.make.one('select unindexed from threads where id = $1', [made])).toEqual({
      unindexed: true,
    });
    expect(
      await world.make.one('select post_id as post, state from review_cases where id = $1', [
        caseId,
      ]),
    ).toEqual({ post: at(1), state: 'open' });
    await world.make.rows(`update communities set search_engines_since = null where slug = 'here'`);
  });

  it('creates one thread however often the form is sent', async () => {
    const sent = splitForm([at(1)]);
    const made = await splitting.split(mod, thread, sent);
    expect(await splitting.split(mod, thread, sent)).toBe(made);
    const other = splitForm([at(1)]);
    await expect(splitting.split(mod, thread, other)).rejects.toMatchObject({
      key: 'threads.split.error.gone',
    });
  });

  it('is for moderators of the community only, and takes no post of another thread', async () => {
    const far = await world.make.thread({ community: 'elsewhere' });
    const foreign = await world.make.reply({ thread: far });
    const opening = await world.make.post.opening(thread);
    await expect(splitting.split(mod, far, splitForm([foreign]))).rejects.toThrow(NotFound);
    const member = viewerWith({ memberId: await world.make.member('ada'), handle: 'ada' });
    await expect(splitting.split(member, thread, splitForm([at(1)]))).rejects.toThrow(NotFound);
    for (const post of [foreign, opening])
      await expect(splitting.split(mod, thread, splitForm([at(1), post]))).rejects.toMatchObject({
        key: 'threads.split.error.gone',
      });
    expect((await place(at(1))).thread).toBe(thread);
  });
});

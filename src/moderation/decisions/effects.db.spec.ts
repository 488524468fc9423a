import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import {
  communityOfThread,
  decision,
  decisionPeople,
  decisionThread,
  moderationServices,
} from '../../../test/support/moderation.js';
import { DAY } from '../../kernel/clock.js';
import { FieldError } from '../../kernel/errors.js';
import type { DecideForm } from './decide.dto.js';
import { NO_END_DATE, type AppliedDecision, type Effects } from './effects.service.js';

interface PostRow {
  status: string;
  folded: boolean;
  members_only: boolean;
  added_notes: string[];
}

describe('the effects of a decision', () => {
  let world: TestDatabase;
  let effects: Effects;
  let memberId: string;
  let actorId: string;
  let threadId: string;
  let postId: string;

  beforeAll(async () => {
    world = await testDatabase();
    ({ effects } = moderationServices(world));
    world.clock.freeze();
    ({ memberId, actorId } = await decisionPeople(world.make));
  });
  afterAll(() => world.close());

  beforeEach(async () => {
    ({ threadId, postId } = await decisionThread(world.make));
    await world.make.rows('update members set suspended_until = null, read_only_until = null');
  });

  const apply = (form: Partial<DecideForm>, lifts = true): Promise<AppliedDecision> =>
    world.database.inTransaction((tx) =>
      effects.apply(tx, { postId, threadId, memberId }, decision(form), actorId, lifts),
    );
  const post = async (): Promise<PostRow> =>
    (
      (await world.make.rows(
        'select status, folded, members_only, added_notes from posts where id = $1',
        [postId],
      )) as [PostRow]
    )[0];
  const replies = async (): Promise<number> =>
    (
      (await world.make.rows('select reply_count as n from threads where id = $1', [threadId])) as [
        { n: number },
      ]
    )[0].n;
  const hold = (): Promise<unknown> =>
    world.make.rows(`update posts set status = 'held', held_for = 'first-post' where id = $1`, [
      postId,
    ]);

  it('hide a post and decrement the count', async () => {
    expect((await apply({ action: 'hide' })).before.post?.status).toBe('published');
    expect((await post()).status).toBe('hidden');
    expect(await replies()).toBe(0);
  });

  it('publish a held post, and report that it became visible', async () => {
    await hold();
    expect((await apply({ action: 'publish' })).shown).toBe(true);
    expect((await post()).status).toBe('published');
  });

  it('leave a post unchanged after a dismissed report', async () => {
    expect(await apply({ action: 'dismiss' })).toEqual({ before: {}, endsAt: null, shown: false });
    expect((await post()).status).toBe('published');
  });

  it('show a held post after a dismissal', async () => {
    await hold();
    expect((await apply({ action: 'dismiss' })).shown).toBe(true);
  });

  it('never show a post hidden by another decision after an appeal', async () => {
    await apply({ action: 'hide' });
    expect((await apply({ action: 'publish' }, false)).shown).toBe(false);
    expect((await post()).status).toBe('hidden');
  });

  it('limit a post to members', async () => {
    await apply({ action: 'limit' });
    expect(await post()).toMatchObject({ status: 'published', members_only: true });
  });

  it('add content notes to those of the author', async () => {
    await apply({ action: 'add-warning', contentWarnings: ['self-harm'] });
    await apply({ action: 'add-warning', contentWarnings: ['self-harm', 'suicide'] });
    expect((await post()).added_notes).toEqual(['self-harm', 'suicide']);
  });

  it.each(['publish', 'add-warning', 'fold', 'limit', 'return', 'hide', 'remove'] as const)(
    'reject to %s a post that its author deleted',
    async (action) => {
      await world.make.rows(`update posts set status = 'withdrawn' where id = $1`, [postId]);
      await expect(apply({ action, contentWarnings: ['suicide'] })).rejects.toMatchObject({
        field: 'action',
        key: 'moderation.error.deleted',
      });
      expect((await post()).status).toBe('withdrawn');
    },
  );

  it('dismiss a case about a post that its author deleted, and show nothing', async () => {
    await world.make.rows(
      `update posts set status = 'withdrawn', tier = 'crisis', held_for = 'crisis' where id = $1`,
      [postId],
    );
    expect((await apply({ action: 'dismiss' })).shown).toBe(false);
    expect((await post()).status).toBe('withdrawn');
  });

  it('lock a thread', async () => {
    expect((await apply({ action: 'lock' })).before.thread?.locked).toBe(false);
    expect(
      await world.make.rows('select locked_at is not null as locked from threads where id = $1', [
        threadId,
      ]),
    ).toEqual([{ locked: true }]);
  });

  it('move a thread to another community', async () => {
    const { movedTo } = await apply({ action: 'move', community: 'there' });
    expect(await communityOfThread(world.make, threadId)).toBe('there');
    expect(movedTo).toBeDefined();
  });

  it('pause an account for days, and never shorten a longer pause', async () => {
    const long = await apply({ action: 'suspend', scope: 'suspend', days: '7' });
    expect(long.endsAt).toEqual(new Date(world.clock.now().getTime() + 7 * DAY));
    await apply({ action: 'suspend', scope: 'suspend', days: '1' });
    expect(
      await world.make.rows('select suspended_until from members where id = $1', [memberId]),
    ).toEqual([{ suspended_until: long.endsAt }]);
  });

  it('pause only writing, without an end', async () => {
    expect((await apply({ action: 'suspend', scope: 'read-only', days: '0' })).endsAt).toBeNull();
    expect(
      await world.make.rows('select read_only_until, suspended_until from members where id = $1', [
        memberId,
      ]),
    ).toEqual([{ read_only_until: NO_END_DATE, suspended_until: null }]);
  });

  it('reject an action without a target', async () => {
    const nobody = { postId: null, threadId: null, memberId: null };
    await expect(
      world.database.inTransaction((tx) =>
        effects.apply(tx, nobody, decision({ action: 'warn' }), actorId),
      ),
    ).rejects.toThrow(FieldError);
  });
});

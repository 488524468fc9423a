import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import {
  communityOfThread,
  decision,
  decisionPeople,
  decisionThread,
  moderationServices,
} from '../../../test/support/moderation.js';
import {
  mergeForm,
  mergingOn,
  splitForm,
  splittingOn,
} from '../../../test/support/thread-changes.js';
import { FieldError } from '../../kernel/errors.js';
import { ThreadCare } from '../../threads/thread-care.service.js';
import type { AppliedDecision, Effects } from './effects.service.js';

describe('the move of a thread', () => {
  let world: TestDatabase;
  let effects: Effects;
  let care: ThreadCare;
  let memberId: string;
  let actorId: string;
  let threadId: string;
  let postId: string;

  beforeAll(async () => {
    world = await testDatabase();
    ({ effects } = moderationServices(world));
    care = new ThreadCare(world.clock);
    world.clock.freeze();
    ({ memberId, actorId } = await decisionPeople(world.make));
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    ({ threadId, postId } = await decisionThread(world.make));
  });

  const communityOf = (): Promise<string> => communityOfThread(world.make, threadId);
  const move = (community: string): Promise<AppliedDecision> =>
    world.database.inTransaction((tx) =>
      effects.apply(
        tx,
        { postId, threadId, memberId },
        decision({ action: 'move', community }),
        actorId,
      ),
    );
  const setVisibility = (slug: string, visibility: string): Promise<unknown> =>
    world.make.rows('update communities set visibility = $2 where slug = $1', [slug, visibility]);

  it('never shows a thread to more people than it was written for', async () => {
    await setVisibility('here', 'approval');
    await setVisibility('there', 'public');
    await expect(move('there')).rejects.toMatchObject({
      key: 'moderation.error.community-wider',
    });
    await setVisibility('there', 'members');
    await expect(move('there')).rejects.toThrow(FieldError);
    expect(await communityOf()).toBe('here');
    await setVisibility('here', 'public');
    await setVisibility('there', 'public');
  });

  it('never takes a thread away from somebody who wrote in it', async () => {
    await world.make.community({ slug: 'closed' });
    await setVisibility('closed', 'approval');
    await expect(move('closed')).rejects.toMatchObject({
      key: 'moderation.error.community-lost',
    });
    await world.make.rows(
      `
        insert into memberships (community_id, member_id, state)
        select c.id, p.author_id, 'active'
        from communities c, posts p
        where c.slug = 'closed' and p.thread_id = $1
        group by 1, 2
      `,
      [threadId],
    );
    await move('closed');
    expect(await communityOf()).toBe('closed');
  });

  it('finds no unlisted community that the moderator does not know of', async () => {
    await world.make.community({ slug: 'secret' });
    await setVisibility('secret', 'unlisted');
    await expect(move('secret')).rejects.toMatchObject({ key: 'moderation.error.community' });
  });

  it('is reversed without showing what was written for members in the meantime', async () => {
    const id = async (slug: string): Promise<string> =>
      (await world.make.one<{ id: string }>('select id from communities where slug = $1', [slug]))
        .id;
    const caseId = await world.make.case({ post: postId });
    await setVisibility('there', 'members');
    const [here, there] = [await id('here'), await id('there')];
    await world.database.inTransaction((tx) => care.move(tx, threadId, there));
    const since = world.clock.now();
    await world.make.rows(
      `update posts set created_at = $2::timestamptz - interval '1 hour' where thread_id = $1`,
      [threadId, since],
    );
    const later = await world.make.reply({ thread: threadId, author: 'author' });
    await world.make.rows('update posts set created_at = $2 where id = $1', [later, since]);
    await world.database.inTransaction(async (tx) => {
      await care.move(tx, threadId, here, since);
      await care.moveCases(tx, threadId, here);
    });
    const limited = await world.make.all<{ id: string }>(
      'select id from posts where thread_id = $1 and members_only',
      [threadId],
    );
    expect(limited).toEqual([{ id: later }]);
    expect(
      await world.make.one('select community_id from review_cases where id = $1', [caseId]),
    ).toEqual({ community_id: here });
    await setVisibility('there', 'public');
  });

  it.each(['split', 'merged'])(
    'is reversed for its own thread, whatever was %s since',
    async (how) => {
      const { deciding, reversals } = moderationServices(world);
      const mod = await world.make.viewer('boss', { role: 'admin' });
      const caseId = await world.make.case({ post: postId });
      const { decisionId } = await deciding.decide(
        mod,
        caseId,
        decision({ action: 'move', community: 'there' }),
      );
      const other =
        how === 'split'
          ? await splittingOn(world).split(mod, threadId, splitForm([postId]))
          : await world.make.thread({ community: 'there' });
      if (how === 'merged') {
        await world.make.rows('update threads set created_at = $2 where id = $1', [
          other,
          new Date('2020-01-01'),
        ]);
        expect(await mergingOn(world).merge(mod, threadId, mergeForm(other))).toBe(other);
      }
      await world.database.inTransaction((tx) =>
        reversals.undo(tx, { postId, threadId: other, memberId }, decisionId ?? ''),
      );
      expect(await communityOfThread(world.make, other)).toBe('there');
      expect(await communityOf()).toBe(how === 'split' ? 'here' : 'there');
    },
  );

  it('hands its other open cases over to the moderators of the new community', async () => {
    const caseId = await world.make.case({ post: postId });
    const { movedTo = '' } = await move('there');
    await world.database.inTransaction((tx) => care.moveCases(tx, threadId, movedTo));
    expect(
      await world.make.one('select community_id from review_cases where id = $1', [caseId]),
    ).toEqual({ community_id: movedTo });
  });

  it('keeps a thread from search engines that could not list it before', async () => {
    const unindexed = async (): Promise<boolean> =>
      (
        await world.make.one<{ unindexed: boolean }>(
          'select unindexed from threads where id = $1',
          [threadId],
        )
      ).unindexed;
    const allow = `update communities set search_engines_since = 'epoch' where slug = $1`;
    await world.make.rows(allow, ['there']);
    await move('there');
    expect(await unindexed()).toBe(true);
    threadId = await world.make.thread({ community: 'there' });
    await move('here');
    expect(await unindexed()).toBe(false);
  });
});

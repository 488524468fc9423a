import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '../../test/support/database.js';
import {
  communitiesToModerate,
  placeOf,
  splitForm,
  splittingOn,
  threadToSplit,
} from '../../test/support/thread-changes.js';
import { viewer as viewerWith } from '../../test/support/viewers.js';
import type { Viewer } from '../http/viewer.js';
import { quotesIn } from '../posts/post-quotes.queries.js';
import { leftPosts } from '../threads/thread-posts.queries.js';
import { ThreadAccess } from '../threads/thread-access.js';
import type { Splitting } from './splitting.service.js';

describe('a post that moved to another thread', () => {
  let world: TestDatabase;
  let splitting: Splitting;
  let access: ThreadAccess;
  let mod: Viewer;
  let thread: string;
  let replies: string[];

  beforeAll(async () => {
    ({ world, mod } = await communitiesToModerate());
    access = new ThreadAccess(world.sql);
    splitting = splittingOn(world);
  });
  afterAll(() => world.close());

  beforeEach(async () => {
    ({ thread, replies } = await threadToSplit(world));
  });

  const at = (index: number): string => replies[index] ?? '';
  const place = (post: string) => placeOf(world, post);

  it('keeps references among the moved replies, and drops those to posts that stay', async () => {
    await world.make.rows('update posts set reply_to_number = 3 where id = any($1)', [
      [at(2), at(3)],
    ]);
    await splitting.split(mod, thread, splitForm([at(1), at(2)]));
    expect(await place(at(2))).toMatchObject({ number: 2, answers: 1 });
    // The number that stays in the old thread leads to the place of the reply that left.
    expect(await place(at(3))).toMatchObject({ number: 5, answers: 3 });
    await world.make.rows('update posts set reply_to_number = 1 where id = $1', [at(3)]);
    await splitting.split(mod, thread, splitForm([at(3)]));
    expect(await place(at(3))).toMatchObject({ number: 1, answers: null });
  });

  it('leads from a former place to the new one, for those who may read it', async () => {
    const made = await splitting.split(mod, thread, splitForm([at(1), at(2)]));
    const left = async (reader: string | null): Promise<object[]> =>
      world.sql.rows(leftPosts, {
        threadId: thread,
        fromNumber: 1,
        toNumber: 20,
        viewerId: reader,
        community: (
          await world.make.one<{ id: string }>(`select id from communities where slug = 'here'`)
        ).id,
      });
    expect(await left(null)).toEqual([
      { former: 3, threadId: made, number: 1 },
      { former: 4, threadId: made, number: 2 },
    ]);
    await world.make.rows('update posts set members_only = true where id = $1', [at(2)]);
    expect(await left(null)).toHaveLength(1);
    await world.make.rows(`update posts set status = 'hidden' where id = $1`, [at(2)]);
    expect(await left(mod.memberId)).toHaveLength(1);
    expect(await access.load(null, thread)).toMatchObject({
      lastLeft: 4,
      splitInto: [{ id: made, title: 'Mornings' }],
      changeReason: '',
    });
    expect(await access.load(null, made)).toMatchObject({
      splitFrom: { id: thread, title: 'Nights' },
      changeReason: '',
    });
    const ben = viewerWith({ memberId: await world.make.member('ben'), handle: 'ben' });
    expect(await access.load(ben, made)).toMatchObject({ changeReason: 'A subject of its own.' });
    await world.make.rows(`update threads set status = 'hidden' where id = $1`, [made]);
    expect((await access.load(null, thread)).splitInto).toBeNull();
    expect(await left(null)).toEqual([]);
  });

  it('keeps an alias an alias in both threads, also for the next post', async () => {
    const quiet = await world.make.reply({ thread, author: 'cora', alias: 'quiet-hill' });
    const stays = await world.make.reply({ thread, author: 'cora', alias: 'quiet-hill' });
    const dan = await world.make.member('dan');
    const alias = await world.make.one<{ id: string }>(
      'select alias_id as id from posts where id = $1',
      [quiet],
    );
    await world.make.rows('insert into alias_blocks (member_id, alias_id) values ($1, $2)', [
      dan,
      alias.id,
    ]);
    const made = await splitting.split(mod, thread, splitForm([at(0), quiet]));
    const named = (post: string): Promise<object> =>
      world.make.one(
        `
          select a.name, a.thread_id as thread,
            exists (select 1
              from alias_blocks b
              where b.alias_id = a.id and b.member_id = $2) as hidden
          from posts p
          join thread_aliases a on a.id = p.alias_id
          where p.id = $1
        `,
        [post, dan],
      );
    expect(await named(quiet)).toEqual({ name: 'quiet-hill', thread: made, hidden: true });
    expect(await named(stays)).toEqual({ name: 'quiet-hill', thread, hidden: true });
    const cora = viewerWith({ memberId: await world.make.member('cora'), handle: 'cora' });
    expect((await access.load(cora, made)).aliasName).toBe('quiet-hill');
  });

  it('is quoted where it was, for those who can read it where it is', async () => {
    const quote = `
      insert into post_quotes (post_id, quoted_post_id, quoted_version, position)
      values ($1, $2, 1, 1)
    `;
    await world.make.rows(quote, [at(3), at(1)]);
    const made = await splitting.split(mod, thread, splitForm([at(1)]));
    const seen = async (): Promise<object[]> =>
      (await world.sql.rows(quotesIn, { postIds: [at(3)], viewerId: null })).map(
        ({ threadId, number, visible, body }) => ({ threadId, number, visible, body }),
      );
    const shown = { threadId: made, number: 1, visible: true, body: 'Words of ben' };
    expect(await seen()).toEqual([shown]);
    // The new thread moves to a community with other readers.
    await world.make.rows(
      `
        update threads
        set community_id = (select id from communities where slug = 'elsewhere')
        where id = $1
      `,
      [made],
    );
    expect(await seen()).toEqual([{ ...shown, visible: false, body: '' }]);
    expect((await access.load(null, thread)).splitInto).toBeNull();
  });
});

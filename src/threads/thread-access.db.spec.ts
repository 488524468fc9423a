import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { threadById, threadByIdForGuests } from './thread-access.queries.js';

const CHANGES = [
  ['an ordinary thread', 'select 1 from threads where id = $1'],
  ['a held thread', `update threads set status = 'held' where id = $1`],
  ['a removed thread', `update threads set status = 'removed' where id = $1`],
  ['a thread with a withheld title', `update threads set withheld_title = 'A' where id = $1`],
  ['a locked thread', 'update threads set locked_at = now(), slow_minutes = 5 where id = $1'],
  ['an unindexed thread', 'update threads set unindexed = true where id = $1'],
  [
    'an opening for members only',
    'update posts set members_only = true where number = 1 and thread_id = $1',
  ],
  [
    'a last reply for members only',
    'update posts set members_only = true where number > 1 and thread_id = $1',
  ],
  [
    'a last reply that is held',
    `update posts set status = 'held' where number > 1 and thread_id = $1`,
  ],
  [
    'an opening without a name',
    'update posts set name_detached = true where number = 1 and thread_id = $1',
  ],
  [
    'a community for members only',
    `update communities set visibility = 'members'
      where id = (select community_id from threads where id = $1)`,
  ],
] as const;

describe('a thread for a guest', () => {
  let world: TestDatabase;
  const found: string[] = [];

  beforeAll(async () => {
    world = await testDatabase();
  });
  afterAll(() => world.close());

  it.each(CHANGES)('is the same by both statements: %s', async (what, change) => {
    const slug = what.replaceAll(' ', '-');
    await world.make.community({ slug });
    const id = await world.make.thread({ community: slug });
    await world.make.reply({ thread: id, author: 'ben' });
    await world.make.rows(change, [id]);
    const guest = { memberId: null, isStaff: false, mayModerate: false, isSuspended: false };
    const own = await world.sql.first(threadByIdForGuests, { id });
    expect(own).toEqual(await world.sql.first(threadById, { id, draftPlace: '', ...guest }));
    if (own !== null) found.push(what);
  });

  it('is found unless a guest must not read it', () => {
    expect(CHANGES.map(([what]) => what).filter((what) => !found.includes(what))).toEqual([
      'a held thread',
      'a removed thread',
      'an opening for members only',
      'a community for members only',
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestClock } from '../../test/support/clock.js';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { pendingReads } from '../../test/support/pending-reads.js';
import { viewer } from '../../test/support/viewers.js';
import { CommunityDirectory } from '../communities/community-directory.service.js';
import type { RecentThreadLists } from '../threads/recent-threads.js';
import { Home } from './home.service.js';

/** Lists in memory that are used for nobody. */
const UNUSED = { areFor: () => false } as unknown as RecentThreadLists;

describe('the home page of a guest', () => {
  let db: TestDatabase;
  let home: Home;

  beforeAll(async () => {
    db = await testDatabase();
    const directory = new CommunityDirectory(db.sql, db.clock);
    // The card service is not used for guests.
    home = new Home(db.sql, db.clock, undefined as never, directory, UNUSED, undefined as never);
  });
  afterAll(() => db.close());

  it('shows the first public communities by name, however many others come before', async () => {
    for (const slug of ['h-mist', 'b-reeds', 'e-kite', 'a-lamp', 'd-shore', 'f-wool', 'c-fern'])
      await db.make.community({ slug });
    await db.make.community({ slug: 'aa-closed', archived: true });
    await db.make.rows(
      `insert into communities (slug, name, summary, visibility)
       select 'aa-' || n, 'The aa-' || n, '', 'members'
       from generate_series(1, 220) n`,
    );
    expect((await home.forGuest()).map(({ slug }) => slug)).toEqual([
      'a-lamp',
      'b-reeds',
      'c-fern',
      'd-shore',
      'e-kite',
      'f-wool',
    ]);
  });
});

describe('the home page of a member', () => {
  it('runs its queries concurrently', async () => {
    const { sql, most } = pendingReads();
    const clock = new TestClock();
    const directory = new CommunityDirectory(sql, clock);
    const home = new Home(sql, clock, undefined as never, directory, UNUSED, undefined as never);
    await home.forMember(viewer());
    expect(most()).toBe(5);
  });
});

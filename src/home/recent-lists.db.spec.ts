import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { sharedCaches } from '../../test/support/shared-caches.js';
import { transactionsEnded } from '../../test/support/transactions.js';
import { viewer } from '../../test/support/viewers.js';
import { CommunityOverviews } from '../communities/community-overviews.js';
import { CommunityDirectory } from '../communities/community-directory.service.js';
import { CommunityPage } from '../threads/community-page.service.js';
import { RecentThreadLists } from '../threads/recent-threads.js';
import { Home } from './home.service.js';

describe('lists of threads in memory', () => {
  let world: TestDatabase;
  let recent: RecentThreadLists;
  let home: Home;
  let page: CommunityPage;
  let ann: string;
  let outsider: string;

  beforeAll(async () => {
    world = await testDatabase();
    const { sql, clock, make } = world;
    const caches = sharedCaches(world, 24);
    recent = new RecentThreadLists(sql, clock, caches);
    const directory = new CommunityDirectory(sql, clock);
    const items = undefined as never;
    home = new Home(sql, clock, undefined as never, directory, recent, items);
    const overviews = new CommunityOverviews(sql, caches);
    page = new CommunityPage(sql, clock, recent, overviews, items);
    for (const slug of ['tea', 'rain', 'closed', 'old'])
      await make.community({ slug, visibility: slug === 'closed' ? 'members' : 'public' });
    for (const slug of ['tea', 'closed', 'old']) await make.join('ann', slug);
    ann = await make.member('ann');
    outsider = await make.member('eve');
    for (const community of ['tea', 'rain', 'closed', 'old'])
      for (let n = 0; n < 15; n += 1) {
        const alias = n === 4 ? 'quiet-hill' : undefined;
        const author = n === 5 ? 'ann' : `author-${n % 3}`;
        const thread = await make.thread({ community, author, alias });
        if (n % 3 === 0) await make.reply({ thread });
      }
    await make.rows(`
      update posts set tier = case id % 5 when 0 then 'urgent' else 'none' end,
        members_only = id % 7 = 0, is_update = number > 1, language = 'fi'`);
    await make.rows(`update threads set pinned_at = now() where id % 9 = 0`);
    await make.rows(`update threads set status = 'held' where id % 11 = 0`);
    await make.rows(`update threads set created_at = now() - interval '40 days' where id % 8 = 0`);
    await make.rows(`update communities set archived_at = now() where slug = 'old'`);
    clock.freeze();
  });
  afterAll(() => world.close());

  const ready = async (): Promise<void> => {
    await transactionsEnded(world.make);
    // A mark is reused for a second.
    world.clock.move(2_000);
  };
  const homeOf = async (hasFilters: boolean): Promise<object> => {
    const facts = await home.forMember(viewer({ memberId: ann, hasFilters }));
    const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
    const { unanswered, fresh, communities } = facts;
    return { unanswered: ids(unanswered), fresh: ids(fresh), communities };
  };
  const threadsOf = async (slug: string, memberId: string | null, hasFilters: boolean) => {
    const reader = memberId === null ? null : viewer({ memberId, hasFilters });
    const query = { sort: 'active', topic: null, after: undefined } as const;
    const { threads, pinned } = await page.read(reader, slug, query);
    return [...pinned, ...threads].map(({ id, title, updated, handle, aliasName }) => ({
      id,
      title,
      updated,
      handle,
      aliasName,
    }));
  };

  const shownTo = async (hasFilters: boolean): Promise<object[]> => [
    await homeOf(hasFilters),
    await threadsOf('tea', ann, hasFilters),
    await threadsOf('tea', outsider, hasFilters),
  ];

  it('show a member who filters nothing what the database would list', async () => {
    await ready();
    const before = { ...recent.counts };
    const first = await homeOf(false);
    expect(first).toEqual(await homeOf(true));
    expect(await homeOf(false)).toEqual(first);
    // Three communities, twice.
    expect(recent.counts.read - before.read).toBe(3);
    expect(recent.counts.reused - before.reused).toBe(3);
    for (const slug of ['tea', 'closed', 'old'])
      expect(await threadsOf(slug, ann, false)).toEqual(await threadsOf(slug, ann, true));
  });

  it("leave members' threads out for everybody else", async () => {
    await ready();
    const shown = await threadsOf('tea', outsider, false);
    expect(shown).toEqual(await threadsOf('tea', outsider, true));
    expect(await threadsOf('tea', null, false)).toEqual(shown);
    const hidden = await world.make.rows(
      `select t.id from posts p join threads t on t.id = p.thread_id
       where p.number = 1 and p.members_only and t.status = 'published' and t.community_id =
         (select id from communities where slug = 'tea')`,
    );
    expect(hidden.length).toBeGreaterThan(0);
    const ids = shown.map(({ id }) => id);
    for (const { id } of hidden as { id: string }[]) expect(ids).not.toContain(id);
  });

  it.each([
    ['a new thread', () => world.make.thread({ community: 'tea', author: 'author-1' })],
    ['a hidden thread', () => changeNewest(`update threads set status = 'hidden'`)],
    ['a changed title', () => changeNewest(`update threads set title = title || ' now'`)],
    ['a thread for members', () => change(`update posts set members_only = not members_only`)],
    ['a danger', () => world.make.rows(`update posts set tier = 'urgent' where number = 1`)],
    ['a changed name', () => change(`update members set handle = 'renamed'`, `'author-2'`)],
    ['a closed account', () => change(`update members set closed_at = now()`, `'author-1'`)],
  ])('are read anew after %s', async (_what, change) => {
    await ready();
    const before = await shownTo(false);
    await change();
    const after = await shownTo(false);
    expect(after).not.toEqual(before);
    expect(after).toEqual(await shownTo(true));
  });

  const NEWEST = `(select id from threads where status = 'published' and pinned_at is null
    and community_id = (select id from communities where slug = 'tea')
    order by last_post_at desc, id desc limit 1)`;
  const changeNewest = (text: string): Promise<unknown> =>
    world.make.rows(`${text} where id = ${NEWEST}`);
  const change = (text: string, handle?: string): Promise<unknown> =>
    world.make.rows(
      handle === undefined
        ? `${text} where number = 1 and thread_id = ${NEWEST}`
        : `${text} where handle = ${handle}::citext`,
    );

  it('are for nobody who filters, is suspended, or reads from replicas', () => {
    expect(recent.areFor(viewer({ hasFilters: false }))).toBe(true);
    expect(recent.areFor(null)).toBe(true);
    expect(recent.areFor(viewer({ hasFilters: true }))).toBe(false);
    const suspendedUntil = new Date(8e15);
    expect(recent.areFor(viewer({ hasFilters: false, suspendedUntil }))).toBe(false);
  });
});

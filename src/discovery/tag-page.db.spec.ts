import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { viewer } from '../../test/support/viewers.js';
import { CommunityDirectory } from '../communities/community-directory.service.js';
import { NotFound } from '../kernel/errors.js';
import { HOUR } from '../kernel/clock.js';
import { MIN_COUNT_SHOWN, TagPages } from './tag-page.service.js';

describe('the page of a tag', () => {
  let db: TestDatabase;
  let pages: TagPages;
  const posts: Record<string, string> = {};
  let pressed = 0;

  beforeAll(async () => {
    db = await testDatabase();
    pages = new TagPages(db.sql, db.clock, new CommunityDirectory(db.sql, db.clock));
    const made: [string, object][] = [
      ['open', { difficulties: ['anxiety'], situations: ['parent'] }],
      ['closed-to-guests', { difficulties: ['anxiety'], situations: [] }],
      ['hidden', { difficulties: ['anxiety'], situations: [] }],
      ['grief', { difficulties: ['grief'], situations: [] }],
    ];
    for (const [slug, tags] of made as [string, Record<string, string[]>][]) {
      const visibility =
        slug === 'hidden' ? 'unlisted' : slug === 'closed-to-guests' ? 'members' : 'public';
      await db.make.community({ slug, visibility });
      await db.make.rows(
        'update communities set difficulties = $2, situations = $3 where slug = $1',
        [slug, tags.difficulties, tags.situations],
      );
      const thread = await db.make.thread({ community: slug, title: `In ${slug}` });
      const [opening] = (await db.make.rows('select id from posts where thread_id = $1', [
        thread,
      ])) as { id: string }[];
      posts[slug] = opening?.id ?? '';
    }
  });
  afterAll(() => db.close());

  const press = async (slug: string, people: number, days = 1): Promise<void> => {
    for (let at = 0; at < people; at += 1) {
      pressed += 1;
      await db.make.rows(
        `insert into reactions (post_id, member_id, kind, created_at)
         values ($1, $2, 'same-boat', now() - $3::int * interval '1 day')`,
        [posts[slug], await db.make.member(`person-${pressed}`), days],
      );
    }
  };
  const peopleOf = async (tag: string): Promise<number | null> =>
    (await pages.read(null, tag)).people;
  const later = (): void => db.clock.move(HOUR + 1);

  it('hides small counts', async () => {
    await press('open', MIN_COUNT_SHOWN - 1);
    expect(await peopleOf('anxiety')).toBeNull();
  });

  it('counts distinct people of this month in listed communities, with caching', async () => {
    await press('open', 1);
    await press('hidden', 20);
    await press('open', 20, 40);
    expect(await peopleOf('anxiety')).toBeNull();
    later();
    expect(await peopleOf('anxiety')).toBe(MIN_COUNT_SHOWN);
    expect(await peopleOf('parent')).toBe(MIN_COUNT_SHOWN);
    expect(await peopleOf('grief')).toBeNull();
  });

  it('counts somebody who reacted in two communities once', async () => {
    await db.make.rows(
      `insert into reactions (post_id, member_id, kind)
       select $1, member_id, kind from reactions where post_id = $2 and created_at > now() - interval '2 days'`,
      [posts['closed-to-guests'], posts.open],
    );
    later();
    expect(await peopleOf('anxiety')).toBe(MIN_COUNT_SHOWN);
  });

  it('lists communities, and threads of those that the viewer may read', async () => {
    const guest = await pages.read(null, 'anxiety');
    expect(guest.communities.map(({ slug }) => slug)).toEqual(['closed-to-guests', 'open']);
    expect(guest.threads.map(({ title }) => title)).toEqual(['In open']);
    await db.make.join('ann', 'closed-to-guests');
    const ann = viewer({ memberId: await db.make.member('ann') });
    const titles = (await pages.read(ann, 'anxiety')).threads.map(({ title }) => title);
    expect(titles.sort()).toEqual(['In closed-to-guests', 'In open']);
  });

  it('exists for every tag, and for nothing else', async () => {
    expect(await pages.read(null, 'night-shift')).toMatchObject({ communities: [], threads: [] });
    await expect(pages.read(null, 'constructor')).rejects.toBeInstanceOf(NotFound);
  });
});

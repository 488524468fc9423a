import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { communitySide, type CommunitySide } from '../../test/support/communities.js';
import type { Viewer } from '../http/viewer.js';
import { DAY } from '../kernel/clock.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import { canPost, canRead } from './community-access.js';

describe('visits', () => {
  let side: CommunitySide;
  let robin: Viewer;
  let slug: string;
  let count = 0;

  beforeAll(async () => {
    side = await communitySide();
  });
  afterAll(() => side.close());

  beforeEach(async () => {
    count += 1;
    await side.make.rows(`delete from memberships where state = 'visiting'`);
    slug = await side.make.community({ slug: `place-${count}`, visibility: 'members' });
    robin = await side.viewer(`robin-${count}`);
    await side.events();
  });

  const begin = async (to = slug): Promise<string> =>
    side.visits.begin(robin, await side.load(robin, to));

  it('let a member read but not write, for two weeks, without being counted', async () => {
    expect(await begin()).toBe('visiting');
    const community = await side.load(robin, slug);
    expect(community.visitUntil?.getTime()).toBe(side.clock.now().getTime() + 14 * DAY);
    expect([canRead(robin, community), canPost(robin, community)]).toEqual([true, false]);
    expect(await side.memberCount(slug)).toBe(0);
  });

  it('are not extended when started again', async () => {
    await begin();
    const { visitUntil } = await side.load(robin, slug);
    side.clock.move(DAY);
    await begin();
    expect((await side.load(robin, slug)).visitUntil).toEqual(visitUntil);
  });

  it('are for those who have not joined', async () => {
    await side.make.join(robin.handle, slug);
    expect(await begin()).toBe('joined');
    expect(await side.membershipOf(robin.handle, slug)).toMatchObject({ state: 'active' });
  });

  it('do not turn a request to join into a visit', async () => {
    const approval = await side.make.community({ slug: `ask-${count}`, visibility: 'approval' });
    await side.membership.join(robin, await side.load(robin, approval), 'Please.');
    await expect(begin(approval)).rejects.toThrow(Forbidden);
    expect(await side.membershipOf(robin.handle, approval)).toMatchObject({ state: 'asked' });
  });

  it('are rejected if a community does not allow them', async () => {
    const archived = await side.make.community({
      slug: `old-${count}`,
      visibility: 'members',
      archived: true,
    });
    await expect(begin(archived)).rejects.toThrow('communities.error.archived');
    const unlisted = await side.make.community({ slug: `far-${count}`, visibility: 'unlisted' });
    await expect(begin(unlisted)).rejects.toThrow(NotFound);
    await side.make.rows('update communities set visits_allowed = false where slug = $1', [slug]);
    await expect(begin()).rejects.toThrow('communities.error.no-visits');
  });

  it('end automatically, with the follows made during them', async () => {
    await begin();
    const thread = await side.make.thread({ community: slug });
    await side.make.rows(
      `insert into thread_follows (thread_id, member_id, level) values ($1, $2, 'following')`,
      [thread, robin.memberId],
    );
    side.clock.move(14 * DAY - 1);
    await side.visits.clearEnded();
    expect(await side.membershipOf(robin.handle, slug)).toMatchObject({ state: 'visiting' });
    side.clock.move(1);
    await side.visits.clearEnded();
    expect(await side.membershipOf(robin.handle, slug)).toBeNull();
    const follows = await side.make.all(
      'select 1 from thread_follows where thread_id = $1 and member_id = $2',
      [thread, robin.memberId],
    );
    expect(follows).toEqual([]);
    expect(await side.events()).toEqual(['visit.ended']);
  });

  it('keep follows in a public community, which is readable without a visit', async () => {
    const open = await side.make.community({ slug: `open-${count}`, visibility: 'public' });
    await begin(open);
    const thread = await side.make.thread({ community: open, author: robin.handle });
    side.clock.move(15 * DAY);
    await side.visits.clearEnded();
    const follows = await side.make.all(
      'select 1 from thread_follows where thread_id = $1 and member_id = $2',
      [thread, robin.memberId],
    );
    expect(follows).toHaveLength(1);
  });

  it('become a membership by joining, and then do not end', async () => {
    await begin();
    await side.membership.join(robin, await side.load(robin, slug), '');
    side.clock.move(15 * DAY);
    await side.visits.clearEnded();
    expect(await side.membershipOf(robin.handle, slug)).toMatchObject({ state: 'active' });
    expect(await side.memberCount(slug)).toBe(1);
  });
});

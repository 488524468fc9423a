import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { sharedCaches } from '../../test/support/shared-caches.js';
import { transactionsEnded } from '../../test/support/transactions.js';
import { viewer } from '../../test/support/viewers.js';
import type { MaybeViewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { presentStaff } from './communities.queries.js';
import { CommunityOverviews } from './community-overviews.js';

describe('descriptions of communities in memory', () => {
  let world: TestDatabase;
  let kept: CommunityOverviews;
  let afresh: CommunityOverviews;
  let readers: Record<string, MaybeViewer>;

  beforeAll(async () => {
    world = await testDatabase();
    const { sql, make } = world;
    const overviewsWith = (megabytes: number): CommunityOverviews =>
      new CommunityOverviews(sql, sharedCaches(world, megabytes));
    kept = overviewsWith(24);
    afresh = overviewsWith(0);
    for (const slug of ['tea', 'rain']) await make.community({ slug });
    await make.join('ann', 'tea');
    await make.join('mod', 'tea');
    readers = { guest: null };
    for (const handle of ['ann', 'mod', 'asked', 'visitor', 'eve'])
      readers[handle] = viewer({ memberId: await make.member(handle), handle });
    await make.rows(`
      update memberships set role = 'moderator'
      where member_id = (select id from members where handle = 'mod')`);
    await make.rows(`
      insert into memberships (community_id, member_id, state, expires_at)
      select c.id, m.id, case m.handle when 'asked' then 'asked' else 'visiting' end,
        case m.handle when 'visitor' then now() + interval '1 hour' end
      from communities c cross join members m
      where c.slug = 'tea' and m.handle in ('asked', 'visitor')`);
    await make.rows(`
      delete from guideline_acknowledgements
      where member_id = (select id from members where handle = 'mod')`);
    // So that the two are neighbours.
    await make.rows(`update communities set difficulties = '{anxiety}'`);
    world.clock.freeze();
  });
  afterAll(() => world.close());

  const ready = async (): Promise<void> => {
    await transactionsEnded(world.make);
    // A mark is reused for a second.
    world.clock.move(2_000);
  };
  const seenBy = async (overviews: CommunityOverviews, slug = 'tea'): Promise<object> => {
    const seen: Record<string, object> = {};
    for (const [name, reader] of Object.entries(readers)) {
      seen[name] = (await overviews.load(reader, slug)).community;
    }
    return seen;
  };

  it('say the same as the database to each reader, without reading them again', async () => {
    await ready();
    const fresh = await seenBy(afresh);
    const before = { ...kept.counts };
    expect(await seenBy(kept)).toEqual(fresh);
    expect(await seenBy(kept)).toEqual(fresh);
    expect(kept.counts.read - before.read).toBe(1);
    expect(kept.counts.reused - before.reused).toBe(11);
  });

  it('contain each reader’s own part alone', async () => {
    await ready();
    const roleAndState = async (name: string): Promise<unknown[]> => {
      const { community } = await kept.load(readers[name] ?? null, 'tea');
      const { role, state, visitUntil, acknowledgedVersion } = community;
      return [role, state, visitUntil !== null, acknowledgedVersion];
    };
    expect(await roleAndState('mod')).toEqual(['moderator', 'active', false, null]);
    expect(await roleAndState('guest')).toEqual([null, null, false, null]);
    expect(await roleAndState('ann')).toEqual(['member', 'active', false, 1]);
    expect(await roleAndState('asked')).toEqual([null, 'asked', false, null]);
    expect(await roleAndState('visitor')).toEqual([null, 'visiting', true, null]);
    expect(await roleAndState('eve')).toEqual([null, null, false, null]);
  });

  const member = (handle: string): string => `(select id from members where handle = '${handle}')`;
  it.each([
    ['a new summary', `update communities set summary = 'Anew' where slug = 'tea'`],
    ['other visibility', `update communities set visibility = 'members' where slug = 'tea'`],
    ['its archiving', `update communities set archived_at = now() where slug = 'tea'`],
    ['a neighbour', `update communities set name = 'Heavy rain' where slug = 'rain'`],
    [
      'another moderator',
      `update memberships set role = 'moderator' where member_id = ${member('ann')}`,
    ],
    ['a new name', `update members set handle = 'moderator' where handle = 'mod'`],
    [
      'a break',
      `update members set break_until = now() + interval '1 day' where handle = 'moderator'`,
    ],
    ['someone who left', `delete from memberships where member_id = ${member('ann')}`],
    [
      'a guideline',
      `insert into community_guidelines (community_id, version, rules)
      select id, 2, '{"Be kind."}' from communities where slug = 'tea';
      update communities set guidelines_version = 2 where slug = 'tea'`,
    ],
  ])('are right after %s', async (_what, change) => {
    await ready();
    const before = await seenBy(kept);
    await world.make.rows(change);
    const after = await seenBy(kept);
    expect(after).not.toEqual(before);
    expect(after).toEqual(await seenBy(afresh));
  });

  it('follow a slug that another community takes over', async () => {
    await ready();
    await seenBy(kept);
    await world.make.rows(`update communities set slug = 'mint' where slug = 'tea'`);
    await expect(kept.load(null, 'tea')).rejects.toThrow(NotFound);
    await expect(kept.load(readers.eve ?? null, 'tea')).rejects.toThrow(NotFound);
    await world.make.rows(`update communities set slug = 'tea' where slug = 'rain'`);
    const { community } = await kept.load(readers.eve ?? null, 'tea');
    expect(community.name).toBe('Heavy rain');
    expect(await seenBy(kept)).toEqual(await seenBy(afresh));
  });

  it('name nobody who is taking a break', () => {
    const now = new Date('2026-01-02T00:00:00Z');
    const on = (breakUntil: string | null): string[] =>
      presentStaff(
        { staff: [{ handle: 'mod', role: 'moderator', seed: 's', breakUntil }] },
        now,
      ).map(({ handle }) => handle);
    expect(on(null)).toEqual(['mod']);
    expect(on('2026-01-01T23:59:59.123456+00:00')).toEqual(['mod']);
    expect(on('2026-01-02T00:00:01+00:00')).toEqual([]);
  });
});

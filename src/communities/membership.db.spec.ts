import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { communitySide, type CommunitySide } from '../../test/support/communities.js';
import type { Viewer } from '../http/viewer.js';
import { Conflict, FieldError, Forbidden, NotFound } from '../kernel/errors.js';
import { canModerate, canPost } from './community-access.js';

describe('membership', () => {
  let side: CommunitySide;
  let kim: Viewer;
  let slug: string;
  let closed: string;
  let count = 0;

  beforeAll(async () => {
    side = await communitySide();
  });
  afterAll(() => side.close());

  beforeEach(async () => {
    count += 1;
    slug = await side.make.community({ slug: `open-${count}`, visibility: 'members' });
    closed = await side.make.community({ slug: `closed-${count}`, visibility: 'approval' });
    kim = await side.viewer(`kim-${count}`);
    await side.make.join(`mod-${count}`, closed, 'moderator');
    await side.events();
  });

  const join = async (viewer: Viewer, to: string, note = ''): Promise<string> =>
    side.membership.join(viewer, await side.load(viewer, to), note);
  const ask = async (): Promise<void> => {
    await join(kim, closed, 'I live with it.');
  };
  const moderator = (): Promise<Viewer> => side.viewer(`mod-${count}`);

  it('joins immediately if no approval is needed, and agrees to the guidelines', async () => {
    expect(await join(kim, slug)).toBe('joined');
    expect(await side.membershipOf(kim.handle, slug)).toEqual({ state: 'active', role: 'member' });
    expect(await side.memberCount(slug)).toBe(1);
    expect((await side.load(kim, slug)).acknowledgedVersion).toBe(1);
    expect(await side.events()).toEqual([]);
  });

  it('counts a member once, however often they join', async () => {
    const before = await side.load(kim, slug);
    await side.membership.join(kim, before, '');
    await side.membership.join(kim, before, '');
    expect(await join(kim, slug)).toBe('joined');
    expect(await side.memberCount(slug)).toBe(1);
  });

  it('creates a request if moderators approve, which admits nobody yet', async () => {
    expect(await join(kim, closed, 'I live with it.')).toBe('asked');
    expect(await side.membershipOf(kim.handle, closed)).toMatchObject({ state: 'asked' });
    expect((await side.load(kim, closed)).role).toBeNull();
    expect(await side.memberCount(closed)).toBe(1);
    expect(await side.events()).toEqual(['community.join-requested']);
  });

  it('requires a note, and a second request replaces it without another notice', async () => {
    await expect(join(kim, closed, ' ')).rejects.toThrow(FieldError);
    await ask();
    await side.events();
    await join(kim, closed, 'Let me say it better.');
    const requests = await side.membership.requests(
      await moderator(),
      await side.load(await moderator(), closed),
    );
    expect(requests.map(({ note }) => note)).toEqual(['Let me say it better.']);
    expect(await side.events()).toEqual([]);
  });

  it('admits staff without approval', async () => {
    const staff = await side.viewer(`staff-${count}`, { role: 'moderator' });
    expect(await join(staff, closed)).toBe('joined');
  });

  it('rejects suspended members, and everybody in an archived community', async () => {
    const suspended = { ...kim, suspendedUntil: new Date('2027-01-01T00:00:00Z') };
    await expect(join(suspended, slug)).rejects.toThrow(Forbidden);
    const archived = await side.make.community({ slug: `archived-${count}`, archived: true });
    await expect(join(kim, archived)).rejects.toThrow('communities.error.archived');
    expect(await side.membershipOf(kim.handle, slug)).toBeNull();
    expect(await side.membershipOf(kim.handle, archived)).toBeNull();
  });

  it('is accepted or declined by moderators, and the member gets the answer', async () => {
    await ask();
    await side.events();
    const mod = await moderator();
    const community = await side.load(mod, closed);
    await side.membership.answer(mod, community, kim.handle, 'accept', 'Welcome.');
    expect(await side.membershipOf(kim.handle, closed)).toMatchObject({ state: 'active' });
    expect(await side.memberCount(closed)).toBe(2);
    expect(await side.events()).toEqual(['answer.given']);
    // A request is answered once: a second click changes nothing, and another answer is not lost.
    await side.membership.answer(mod, community, kim.handle, 'accept', 'Welcome.');
    await expect(
      side.membership.answer(mod, community, kim.handle, 'decline', 'Not now.'),
    ).rejects.toThrow(Conflict);
    expect(await side.membershipOf(kim.handle, closed)).toMatchObject({ state: 'active' });
    expect(await side.events()).toEqual([]);
  });

  it('leaves no trace when declined, and can be requested again', async () => {
    await ask();
    const mod = await moderator();
    await side.membership.answer(mod, await side.load(mod, closed), kim.handle, 'decline', '');
    expect(await side.membershipOf(kim.handle, closed)).toBeNull();
    expect(await side.memberCount(closed)).toBe(1);
    expect(await join(kim, closed, 'Again.')).toBe('asked');
  });

  it('is answered only by moderators of the community', async () => {
    await ask();
    const community = await side.load(kim, closed);
    await expect(side.membership.answer(kim, community, kim.handle, 'accept', '')).rejects.toThrow(
      NotFound,
    );
    await expect(side.membership.requests(kim, community)).rejects.toThrow(NotFound);
    expect(await side.membershipOf(kim.handle, closed)).toMatchObject({ state: 'asked' });
  });

  it('ends by leaving, which only counts members and is idempotent', async () => {
    await join(kim, slug);
    const community = await side.load(kim, slug);
    await side.membership.leave(kim, community);
    await side.membership.leave(kim, community);
    expect(await side.membershipOf(kim.handle, slug)).toBeNull();
    expect(await side.memberCount(slug)).toBe(0);
    await ask();
    await side.membership.leave(kim, await side.load(kim, closed));
    expect(await side.memberCount(closed)).toBe(1);
    expect(await side.membershipOf(kim.handle, closed)).toBeNull();
  });

  it('ends a visit by leaving, and deletes its notices', async () => {
    await side.visits.begin(kim, await side.load(kim, slug));
    await side.membership.leave(kim, await side.load(kim, slug));
    expect(await side.membershipOf(kim.handle, slug)).toBeNull();
    expect(await side.memberCount(slug)).toBe(0);
    expect(await side.events()).toEqual(['visit.ended']);
  });

  it('lets the last moderator leave; staff can still moderate', async () => {
    const mod = await moderator();
    await side.membership.leave(mod, await side.load(mod, closed));
    const community = await side.load(mod, closed);
    expect(canModerate(mod, community)).toBe(false);
    expect(canPost(mod, community)).toBe(false);
    const staff = await side.viewer(`staff-${count}`, { role: 'moderator' });
    expect(canModerate(staff, await side.load(staff, closed))).toBe(true);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { communitySide, type CommunitySide } from '../../test/support/communities.js';
import type { Viewer } from '../http/viewer.js';
import { DAY } from '../kernel/clock.js';
import { AppError, FieldError, Forbidden } from '../kernel/errors.js';
import { canModerate, canPost, canRead, type Visibility } from './community-access.js';

describe('the state of a community', () => {
  let side: CommunitySide;
  let admin: Viewer;
  let slug: string;
  let count = 0;

  beforeAll(async () => {
    side = await communitySide();
    admin = await side.viewer('admin', { role: 'admin' });
  });
  afterAll(() => side.close());

  beforeEach(async () => {
    count += 1;
    slug = await side.make.community({ slug: `state-${count}`, visibility: 'members' });
    await side.make.join(`ann-${count}`, slug);
    await side.make.join(`mod-${count}`, slug, 'moderator');
  });

  const setVisibility = async (to: Visibility): Promise<void> =>
    side.state.setVisibility(admin, await side.load(admin, slug), to, 'Because.');
  const setArchived = async (archived: boolean, by = admin): Promise<void> =>
    side.state.setArchived(by, await side.load(admin, slug), archived, 'Because.');
  const archivedAt = async (): Promise<Date | null> => {
    const row = await side.make.one<{ at: Date | null }>(
      'select archived_at as at from communities where slug = $1',
      [slug],
    );
    return row.at;
  };

  it('can only be changed by administrators', async () => {
    const mod = await side.viewer(`mod-${count}`);
    const community = await side.load(mod, slug);
    await expect(side.state.setVisibility(mod, community, 'public', 'x')).rejects.toThrow(AppError);
    await expect(setArchived(true, mod)).rejects.toThrow(AppError);
    await expect(
      side.state.setRole(mod, community, `ann-${count}`, 'moderator', 'x'),
    ).rejects.toThrow(AppError);
    expect((await side.load(mod, slug)).visibility).toBe('members');
    expect(await archivedAt()).toBeNull();
    expect(await side.logged(slug)).toEqual([]);
  });

  it('keeps members-only posts members-only when the community becomes public', async () => {
    const thread = await side.make.thread({ community: slug, author: `ann-${count}` });
    await setVisibility('public');
    const post = await side.make.one<{ members_only: boolean }>(
      'select members_only from posts where thread_id = $1',
      [thread],
    );
    expect(post.members_only).toBe(true);
    expect(canRead(null, await side.load(admin, slug))).toBe(true);
    expect(await side.logged(slug)).toEqual(['community.visibility-changed']);
  });

  it('excludes search engines after any change, until they are allowed again', async () => {
    await setVisibility('public');
    await side.make.rows('update communities set search_engines_since = now() where slug = $1', [
      slug,
    ]);
    await setVisibility('members');
    expect((await side.load(admin, slug)).searchEnginesSince).toBeNull();
  });

  it('ends visits if the community no longer allows visitors', async () => {
    const robin = await side.viewer(`robin-${count}`);
    await side.visits.begin(robin, await side.load(robin, slug));
    await setVisibility('public');
    expect(await side.membershipOf(robin.handle, slug)).toMatchObject({ state: 'visiting' });
    await setVisibility('approval');
    expect(await side.membershipOf(robin.handle, slug)).toBeNull();
    expect(await side.membershipOf(`ann-${count}`, slug)).toMatchObject({ state: 'active' });
  });

  it('logs nothing if the visibility is unchanged', async () => {
    await setVisibility('members');
    expect(await side.logged(slug)).toEqual([]);
  });

  it('can be archived: members still read, and nobody writes or joins', async () => {
    await setArchived(true);
    const ann = await side.viewer(`ann-${count}`);
    const community = await side.load(ann, slug);
    expect([canRead(ann, community), canPost(ann, community)]).toEqual([true, false]);
    const robin = await side.viewer(`robin-${count}`);
    await expect(side.membership.join(robin, await side.load(robin, slug), '')).rejects.toThrow(
      Forbidden,
    );
    expect(await side.logged(slug)).toEqual(['community.archived']);
  });

  it('keeps the first date of archiving', async () => {
    await setArchived(true);
    const first = await archivedAt();
    side.clock.move(DAY);
    await setArchived(true);
    expect(await archivedAt()).toEqual(first);
  });

  it('can be reopened with its members', async () => {
    await setArchived(true);
    await setArchived(false);
    expect(await archivedAt()).toBeNull();
    const ann = await side.viewer(`ann-${count}`);
    expect(canPost(ann, await side.load(ann, slug))).toBe(true);
    expect(await side.logged(slug)).toEqual(['community.archived', 'community.reopened']);
  });

  it('gives roles to members who have joined', async () => {
    const community = await side.load(admin, slug);
    await side.state.setRole(admin, community, `ann-${count}`, 'moderator', 'Knows the place.');
    const ann = await side.viewer(`ann-${count}`);
    expect(canModerate(ann, await side.load(ann, slug))).toBe(true);
    await side.make.member(`stranger-${count}`);
    await expect(
      side.state.setRole(admin, community, `stranger-${count}`, 'moderator', 'x'),
    ).rejects.toThrow(FieldError);
  });

  it('replaces a moderator in one step', async () => {
    const community = await side.load(admin, slug);
    await side.state.handOver(admin, community, `mod-${count}`, `ann-${count}`, 'Moving on.');
    expect(await side.membershipOf(`ann-${count}`, slug)).toMatchObject({ role: 'moderator' });
    expect(await side.membershipOf(`mod-${count}`, slug)).toMatchObject({ role: 'member' });
    expect(await side.logged(slug)).toEqual(['community.handed-over', 'community.handed-over']);
  });

  it('changes no role if the replacement is the same member, or has not joined', async () => {
    const community = await side.load(admin, slug);
    const handOverTo = (to: string): Promise<void> =>
      side.state.handOver(admin, community, `mod-${count}`, to, 'x');
    await expect(handOverTo(`mod-${count}`)).rejects.toThrow('administration.error.same-person');
    await expect(handOverTo('nobody')).rejects.toThrow('administration.error.no-member');
    expect(await side.membershipOf(`mod-${count}`, slug)).toMatchObject({ role: 'moderator' });
  });
});

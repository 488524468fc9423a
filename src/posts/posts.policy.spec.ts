import { describe, expect, it } from '@jest/globals';
import { viewer } from '../../test/support/viewers.js';
import type { Viewer } from '../http/viewer.js';
import {
  abilitiesOf,
  canBlockAlias,
  canSeePostVersions,
  EDIT_WINDOW,
  type PostFacts,
} from './posts.policy.js';

const NOW = new Date('2026-05-01T12:00:00Z');
const LATER = new Date('2027-05-01T12:00:00Z');
const post = (changes: Partial<PostFacts> = {}): PostFacts => ({
  status: 'published',
  createdAt: NOW,
  mine: false,
  member: true,
  moderates: false,
  archived: false,
  ...changes,
});
const can = (changes: Partial<PostFacts>, who: Viewer | null = viewer(), now = NOW) =>
  Object.entries(abilitiesOf(who, post(changes), now)).flatMap(([name, may]) =>
    may ? [name] : [],
  );

describe('what may be done with a post', () => {
  it('lets a member answer to somebody else’s post, and not change it', () => {
    expect(can({})).toEqual(['read', 'react', 'report', 'quote']);
  });

  it('lets a guest read', () => {
    expect(can({ member: false }, null)).toEqual(['read', 'quote']);
  });

  it('lets its author change it and take it back', () => {
    expect(can({ mine: true })).toEqual(['read', 'edit', 'takeBack', 'quote']);
  });

  it('ends changing after the window, and taking back never', () => {
    const end = new Date(NOW.getTime() + EDIT_WINDOW);
    expect(can({ mine: true }, viewer(), new Date(end.getTime() - 1))).toContain('edit');
    expect(can({ mine: true }, viewer(), end)).toEqual(['read', 'takeBack', 'quote']);
  });

  it.each(['readOnlyUntil', 'suspendedUntil'] as const)(
    'leaves a limited author (%s) the way back, and no edit and no reaction',
    (limit) => {
      const limited = viewer({ [limit]: LATER });
      expect(can({ mine: true }, limited)).toEqual(['read', 'takeBack', 'quote']);
      expect(can({}, limited)).toEqual(['read', 'report', 'quote']);
      expect(can({ mine: true, status: 'held' }, limited)).toContain('edit');
    },
  );

  it('changes nothing in an archived community but taking back', () => {
    expect(can({ mine: true, archived: true })).toEqual(['read', 'takeBack', 'quote']);
    expect(can({ mine: true, archived: true, status: 'held' })).toEqual(['read', 'takeBack']);
    expect(can({ archived: true })).toEqual(['read', 'report', 'quote']);
  });

  it('shows a hidden post to its author with no way to change or take it back', () => {
    expect(can({ mine: true, status: 'hidden' })).toEqual(['read']);
  });

  it('lets the author of a held post change it however long it waits', () => {
    expect(can({ mine: true, status: 'held' }, viewer(), LATER)).toEqual([
      'read',
      'edit',
      'takeBack',
    ]);
  });

  it.each(['held', 'hidden'])('shows a %s post to moderators and to nobody else', (status) => {
    expect(can({ status })).toEqual([]);
    expect(can({ status, moderates: true })).toEqual(['read', 'report']);
  });

  it.each(['withdrawn', 'removed'])('leaves nothing to do with a %s post', (status) => {
    expect(can({ status, moderates: true })).toEqual([]);
    expect(can({ status, mine: true })).toEqual([]);
  });

  it('takes a verified address and a place in the community to react', () => {
    expect(can({}, viewer({ verified: false }))).not.toContain('react');
    expect(can({ member: false })).not.toContain('react');
  });

  it('blocks an alias of somebody else alone, and shows versions to author and moderators', () => {
    expect(canBlockAlias({ mine: false, aliasId: '7' })).toBe(true);
    expect(canBlockAlias({ mine: true, aliasId: '7' })).toBe(false);
    expect(canBlockAlias({ mine: false, aliasId: null })).toBe(false);
    expect(
      [{ mine: true }, { moderates: true }, {}].map((each) => canSeePostVersions(post(each))),
    ).toEqual([true, true, false]);
  });
});

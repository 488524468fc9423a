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

describe('post policies', () => {
  it('let a member respond to another member’s post, but not change it', () => {
    expect(can({})).toEqual(['read', 'react', 'report', 'quote']);
  });

  it('let a guest read', () => {
    expect(can({ member: false }, null)).toEqual(['read', 'quote']);
  });

  it('let its author edit and withdraw it', () => {
    expect(can({ mine: true })).toEqual(['read', 'edit', 'takeBack', 'quote']);
  });

  it('end editing after the edit window, and withdrawing never', () => {
    const end = new Date(NOW.getTime() + EDIT_WINDOW);
    expect(can({ mine: true }, viewer(), new Date(end.getTime() - 1))).toContain('edit');
    expect(can({ mine: true }, viewer(), end)).toEqual(['read', 'takeBack', 'quote']);
  });

  it.each(['readOnlyUntil', 'suspendedUntil'] as const)(
    'let a limited author (%s) withdraw, but neither edit nor react',
    (limit) => {
      const limited = viewer({ [limit]: LATER });
      expect(can({ mine: true }, limited)).toEqual(['read', 'takeBack', 'quote']);
      expect(can({}, limited)).toEqual(['read', 'report', 'quote']);
      expect(can({ mine: true, status: 'held' }, limited)).toContain('edit');
    },
  );

  it('allow only withdrawing in an archived community', () => {
    expect(can({ mine: true, archived: true })).toEqual(['read', 'takeBack', 'quote']);
    expect(can({ mine: true, archived: true, status: 'held' })).toEqual(['read', 'takeBack']);
    expect(can({ archived: true })).toEqual(['read', 'report', 'quote']);
  });

  it('show a hidden post to its author, who can neither edit nor withdraw it', () => {
    expect(can({ mine: true, status: 'hidden' })).toEqual(['read']);
  });

  it('let the author of a held post edit it however long it is held', () => {
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

  it('require a verified address and a membership for reacting', () => {
    expect(can({}, viewer({ verified: false }))).not.toContain('react');
    expect(can({ member: false })).not.toContain('react');
  });

  it('allow blocking only somebody else’s alias, and show versions to author and moderators', () => {
    expect(canBlockAlias({ mine: false, aliasId: '7' })).toBe(true);
    expect(canBlockAlias({ mine: true, aliasId: '7' })).toBe(false);
    expect(canBlockAlias({ mine: false, aliasId: null })).toBe(false);
    expect(
      [{ mine: true }, { moderates: true }, {}].map((each) => canSeePostVersions(post(each))),
    ).toEqual([true, true, false]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { viewer } from '../../test/support/viewers.js';
import type { Viewer } from '../http/viewer.js';
import { canReply, threadAbilitiesOf, type ThreadFacts } from './threads.policy.js';

const LATER = new Date('2027-05-01T12:00:00Z');
const thread = (changes: Partial<ThreadFacts> = {}): ThreadFacts => ({
  archived: false,
  status: 'published',
  member: true,
  moderates: false,
  lockedAt: null,
  aliasesAllowed: true,
  aliasName: null,
  named: false,
  ...changes,
});
const hindrance = (changes: Partial<ThreadFacts>, who: Viewer | null = viewer()) =>
  threadAbilitiesOf(who, thread(changes)).replyHindrance;

describe('what may be done in a thread', () => {
  it('lets a verified member reply, also while the opening waits', () => {
    expect(hindrance({})).toBeNull();
    expect(hindrance({ status: 'held' })).toBeNull();
    expect(canReply(viewer(), thread())).toBe(true);
  });

  it('asks a guest to sign in before anything else', () => {
    expect(hindrance({ archived: true, member: false }, null)).toBe('sign-in');
    expect(canReply(null, thread())).toBe(false);
  });

  it.each(['readOnlyUntil', 'suspendedUntil'] as const)(
    'names the limit of a member (%s)',
    (limit) => {
      expect(hindrance({ archived: true }, viewer({ [limit]: LATER }))).toBe('limited');
    },
  );

  it('takes no reply in an archived community, from moderators either', () => {
    expect(hindrance({ archived: true, moderates: true })).toBe('archived');
  });

  it.each(['hidden', 'removed', 'withdrawn'])('takes no reply to a %s thread', (status) => {
    expect(hindrance({ status })).toBe('closed');
  });

  it('asks a visitor to join, and an unverified member to verify', () => {
    expect(hindrance({ member: false })).toBe('join');
    expect(hindrance({ member: false }, viewer({ verified: false }))).toBe('join');
    expect(hindrance({}, viewer({ verified: false }))).toBe('verify');
  });

  it('locks a thread for all but its moderators', () => {
    expect(hindrance({ lockedAt: LATER })).toBe('locked');
    expect(hindrance({ lockedAt: LATER, moderates: true })).toBeNull();
  });

  it('gives its moderators, and nobody else, the lock', () => {
    expect(threadAbilitiesOf(viewer(), thread()).lock).toBe(false);
    expect(threadAbilitiesOf(viewer(), thread({ moderates: true })).lock).toBe(true);
  });

  it('offers an alias where the community allows one and the member bears no name yet', () => {
    const offers = (changes: Partial<ThreadFacts>): boolean =>
      threadAbilitiesOf(viewer(), thread(changes)).chooseAlias;
    expect(offers({})).toBe(true);
    expect(offers({ aliasesAllowed: false })).toBe(false);
    expect(offers({ aliasName: 'quiet-lamp' })).toBe(false);
    expect(offers({ named: true })).toBe(false);
  });

  it('lets members follow and everybody with an account save', () => {
    const may = ({ follow, save }: { follow: boolean; save: boolean }) => [follow, save];
    expect(may(threadAbilitiesOf(viewer(), thread()))).toEqual([true, true]);
    expect(may(threadAbilitiesOf(viewer(), thread({ member: false })))).toEqual([false, true]);
    expect(may(threadAbilitiesOf(null, thread({ member: false })))).toEqual([false, false]);
  });
});

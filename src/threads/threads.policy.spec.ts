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
const obstacle = (changes: Partial<ThreadFacts>, who: Viewer | null = viewer()) =>
  threadAbilitiesOf(who, thread(changes)).replyObstacle;

describe('thread policies', () => {
  it('let a verified member reply, also while the opening is held', () => {
    expect(obstacle({})).toBeNull();
    expect(obstacle({ status: 'held' })).toBeNull();
    expect(canReply(viewer(), thread())).toBe(true);
  });

  it('ask a guest to sign in first', () => {
    expect(obstacle({ archived: true, member: false }, null)).toBe('sign-in');
    expect(canReply(null, thread())).toBe(false);
  });

  it.each(['readOnlyUntil', 'suspendedUntil'] as const)(
    'name the limit of a member (%s)',
    (limit) => {
      expect(obstacle({ archived: true }, viewer({ [limit]: LATER }))).toBe('limited');
    },
  );

  it('allow no reply in an archived community, not even to moderators', () => {
    expect(obstacle({ archived: true, moderates: true })).toBe('archived');
  });

  it.each(['hidden', 'removed', 'withdrawn'])('takes no reply to a %s thread', (status) => {
    expect(obstacle({ status })).toBe('closed');
  });

  it('ask a visitor to join, and an unverified member to verify', () => {
    expect(obstacle({ member: false })).toBe('join');
    expect(obstacle({ member: false }, viewer({ verified: false }))).toBe('join');
    expect(obstacle({}, viewer({ verified: false }))).toBe('verify');
  });

  it('lock a thread for everybody but its moderators', () => {
    expect(obstacle({ lockedAt: LATER })).toBe('locked');
    expect(obstacle({ lockedAt: LATER, moderates: true })).toBeNull();
  });

  it('allow only its moderators to lock it', () => {
    expect(threadAbilitiesOf(viewer(), thread()).lock).toBe(false);
    expect(threadAbilitiesOf(viewer(), thread({ moderates: true })).lock).toBe(true);
  });

  it('offer an alias if the community allows one and the member has not posted under a name yet', () => {
    const offers = (changes: Partial<ThreadFacts>): boolean =>
      threadAbilitiesOf(viewer(), thread(changes)).chooseAlias;
    expect(offers({})).toBe(true);
    expect(offers({ aliasesAllowed: false })).toBe(false);
    expect(offers({ aliasName: 'quiet-lamp' })).toBe(false);
    expect(offers({ named: true })).toBe(false);
  });

  it('let members follow, and everybody with an account save', () => {
    const may = ({ follow, save }: { follow: boolean; save: boolean }) => [follow, save];
    expect(may(threadAbilitiesOf(viewer(), thread()))).toEqual([true, true]);
    expect(may(threadAbilitiesOf(viewer(), thread({ member: false })))).toEqual([false, true]);
    expect(may(threadAbilitiesOf(null, thread({ member: false })))).toEqual([false, false]);
  });
});

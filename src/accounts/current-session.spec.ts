import { describe, expect, it } from '@jest/globals';
import { DAY, later, MINUTE } from '../kernel/clock.js';
import { currentSession, type SessionRow } from './current-session.js';

const NOW = new Date('2026-11-29T12:00:00Z');
const ago = (minutes: number): Date => later(NOW, -minutes * MINUTE);
const STAFF_IDLE = 30;

const row = (changes: Partial<SessionRow> = {}): SessionRow => ({
  memberId: '7',
  handle: 'ann',
  avatarSeed: 'a',
  verified: true,
  locale: null,
  country: null,
  timeZone: null,
  breakUntil: null,
  readOnlyUntil: null,
  suspendedUntil: null,
  unread: 3,
  hasFilters: false,
  sessionId: '9',
  lastSeenAt: ago(2),
  reauthenticatedAt: ago(60),
  sharedDevice: false,
  role: 'member',
  inTeam: false,
  secondFactor: false,
  secondFactorBy: null,
  demo: false,
  ...changes,
});
const session = (changes: Partial<SessionRow> = {}) =>
  currentSession(row(changes), NOW, STAFF_IDLE);
const viewer = (changes: Partial<SessionRow> = {}) => session(changes)?.viewer;

describe('currentSession', () => {
  it("is a member's, however long it was idle", () => {
    expect(viewer({ lastSeenAt: ago(10_000) })).toMatchObject({ role: 'member', moderates: false });
  });

  it.each([
    ['site staff', { role: 'admin' as const, secondFactor: true }, STAFF_IDLE],
    ["a community's moderators", { inTeam: true, secondFactor: true }, STAFF_IDLE],
    ['a shared device', { sharedDevice: true }, 15],
  ])('ends when idle: %s', (_who, changes, minutes) => {
    expect(session({ ...changes, lastSeenAt: ago(minutes - 0.1) })).not.toBeNull();
    expect(session({ ...changes, lastSeenAt: ago(minutes) })).toBeNull();
  });

  it.each([
    ['a member', {}, 15],
    ['a moderator', { inTeam: true, secondFactor: true }, 1],
    ['a shared device', { sharedDevice: true }, 1],
  ])('is touched when it was last seen long ago: %s', (_who, changes, minutes) => {
    expect(session({ ...changes, lastSeenAt: ago(minutes) })).toMatchObject({ stale: false });
    expect(session({ ...changes, lastSeenAt: ago(minutes + 0.1) })).toMatchObject({ stale: true });
  });

  it('takes the rights of staff without a second factor, after a period of grace', () => {
    const staff = { role: 'moderator' as const };
    const soon = later(NOW, DAY);
    expect(viewer({ ...staff, secondFactor: true })).toMatchObject({
      role: 'moderator',
      needsSecondFactor: false,
      secondFactorBy: null,
    });
    expect(viewer({ ...staff, secondFactorBy: soon })).toMatchObject({
      role: 'moderator',
      needsSecondFactor: false,
      secondFactorBy: soon,
    });
    expect(viewer({ ...staff, secondFactorBy: NOW })).toMatchObject({
      role: 'member',
      moderates: true,
      needsSecondFactor: true,
      secondFactorBy: null,
    });
    expect(viewer({ ...staff, demo: null })).toMatchObject({ needsSecondFactor: true });
    expect(viewer({ ...staff, demo: true })).toMatchObject({
      role: 'moderator',
      needsSecondFactor: false,
    });
  });

  it('counts a confirmed identity for ten minutes', () => {
    expect(viewer({ reauthenticatedAt: ago(9.9) })).toMatchObject({ reauthenticated: true });
    expect(viewer({ reauthenticatedAt: ago(10) })).toMatchObject({ reauthenticated: false });
  });

  it('forgets what has ended, and notices during a break', () => {
    const past = ago(1);
    expect(viewer({ breakUntil: past, readOnlyUntil: past, suspendedUntil: past })).toMatchObject({
      breakUntil: null,
      readOnlyUntil: null,
      suspendedUntil: null,
      unread: 3,
    });
    const until = later(NOW, DAY);
    expect(
      viewer({ breakUntil: until, readOnlyUntil: until, suspendedUntil: until }),
    ).toMatchObject({ breakUntil: until, readOnlyUntil: until, suspendedUntil: until, unread: 0 });
  });
});

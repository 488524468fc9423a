import { describe, expect, it } from '@jest/globals';
import { viewer } from '../../test/support/viewers.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import {
  canModerate,
  canPost,
  canRead,
  canVisit,
  COMMUNITY_ROLES,
  mustAcknowledge,
  postObstacle,
  readersOfNew,
  requireCanPost,
  VISIBILITIES,
  type AccessibleCommunity,
} from './community-access.js';

const LATER = new Date('2027-05-01T12:00:00Z');
const community = (changes: Partial<AccessibleCommunity> = {}): AccessibleCommunity => ({
  id: '1',
  slug: 'tea',
  name: 'Tea',
  visibility: 'members',
  archived: false,
  aliasesAllowed: true,
  pollsAllowed: false,
  sensitive: false,
  topics: [],
  hours: { timeZone: 'UTC', weekly: [], outside: '' },
  promise: { firstReplyMinutes: null, supportersAfter: null, teamAfter: 24 },
  guidelinesVersion: 2,
  acknowledgedVersion: 2,
  rulesToAgree: null,
  mentionsAllowed: false,
  role: 'member',
  visitUntil: null,
  visitsAllowed: false,
  searchEnginesSince: null,
  ...changes,
});
const outsider = (changes: Partial<AccessibleCommunity> = {}): AccessibleCommunity =>
  community({ role: null, acknowledgedVersion: null, ...changes });

describe('reading a community', () => {
  it.each(VISIBILITIES)('is open to guests only if it is public (%s)', (visibility) => {
    expect(canRead(null, outsider({ visibility }))).toBe(visibility === 'public');
    expect(canRead(viewer(), outsider({ visibility }))).toBe(visibility === 'public');
  });

  it('is open to members, visitors and staff', () => {
    expect(canRead(viewer(), community())).toBe(true);
    expect(canRead(viewer(), outsider({ visitUntil: LATER }))).toBe(true);
    expect(canRead(viewer({ role: 'moderator' }), outsider())).toBe(true);
  });

  it('ends with a suspension, except for public ones', () => {
    const away = viewer({ suspendedUntil: LATER });
    expect(canRead(away, community())).toBe(false);
    expect(canRead(away, community({ visibility: 'public' }))).toBe(true);
  });
});

describe('posting in a community', () => {
  it.each(COMMUNITY_ROLES)('is open to every member (%s)', (role) => {
    expect(canPost(viewer(), community({ role }))).toBe(true);
  });

  it('is closed to guests, visitors and staff who have not joined', () => {
    const visiting = outsider({ visitUntil: LATER, visibility: 'public' });
    expect(canPost(null, visiting)).toBe(false);
    expect(canPost(viewer(), visiting)).toBe(false);
    expect(canPost(viewer({ role: 'admin' }), outsider())).toBe(false);
  });

  it('requires a verified address, no limit and an open community', () => {
    expect(canPost(viewer({ verified: false }), community())).toBe(false);
    expect(canPost(viewer({ readOnlyUntil: LATER }), community())).toBe(false);
    expect(canPost(viewer({ suspendedUntil: LATER }), community())).toBe(false);
    expect(canPost(viewer(), community({ archived: true }))).toBe(false);
  });

  it('is rejected with the first reason', () => {
    const unverified = viewer({ verified: false });
    const limited = viewer({ readOnlyUntil: LATER, verified: false });
    expect(postObstacle(viewer(), community())).toBeNull();
    expect(postObstacle(null, community({ archived: true }))).toBe('sign-in');
    expect(postObstacle(limited, outsider({ archived: true }))).toBe('archived');
    expect(postObstacle(limited, outsider())).toBe('limited');
    expect(postObstacle(unverified, outsider())).toBe('join');
    expect(postObstacle(unverified, community())).toBe('verify');
  });

  it('is rejected with a reason, unless that would reveal an unlisted community', () => {
    expect(() => requireCanPost(viewer(), community())).not.toThrow();
    expect(() => requireCanPost(viewer(), outsider({ visibility: 'members' }))).toThrow(
      new Forbidden('threads.hindrance.join'),
    );
    expect(() => requireCanPost(viewer(), outsider({ visibility: 'unlisted' }))).toThrow(NotFound);
    expect(() => requireCanPost(viewer(), community({ archived: true }))).toThrow(
      new Forbidden('threads.hindrance.archived'),
    );
  });

  it('requires agreeing to the newest version of the guidelines', () => {
    const asks = (acknowledgedVersion: number | null): boolean =>
      mustAcknowledge({ acknowledgedVersion, guidelinesVersion: 2 });
    expect([null, 1, 2].map(asks)).toEqual([true, true, false]);
  });
});

describe('visiting a community', () => {
  it('is open to accounts that have not joined, if visits are allowed and no approval is needed', () => {
    const open = outsider({ visitsAllowed: true });
    expect(canVisit(viewer(), open)).toBe(true);
    expect(canVisit(null, open)).toBe(false);
    expect(canVisit(viewer(), { ...open, role: 'member' })).toBe(false);
    expect(canVisit(viewer(), { ...open, visitsAllowed: false })).toBe(false);
    expect(canVisit(viewer(), { ...open, archived: true })).toBe(false);
    expect(canVisit(viewer(), { ...open, visibility: 'approval' })).toBe(false);
    expect(canVisit(viewer(), { ...open, visibility: 'unlisted' })).toBe(false);
  });
});

describe('moderating a community', () => {
  it('is reserved for its moderators and staff', () => {
    const moderator = viewer({ moderates: true });
    expect(canModerate(moderator, community({ role: 'moderator' }))).toBe(true);
    const withoutSecondStep = { ...moderator, needsSecondFactor: true };
    expect(canModerate(withoutSecondStep, community({ role: 'moderator' }))).toBe(false);
    expect(canModerate(viewer({ role: 'moderator' }), outsider())).toBe(true);
    expect(canModerate(viewer(), community({ role: 'supporter' }))).toBe(false);
    expect(canModerate(null, outsider())).toBe(false);
  });
});

describe('readersOfNew', () => {
  it('follows from the community’s settings', () => {
    expect(readersOfNew(community())).toBe('members');
    expect(readersOfNew(community({ visitsAllowed: true }))).toBe('visitors');
    expect(readersOfNew(community({ visibility: 'approval', visitsAllowed: true }))).toBe(
      'members',
    );
    expect(readersOfNew(community({ visibility: 'public' }))).toBe('everybody');
    expect(readersOfNew(community({ visibility: 'public', searchEnginesSince: LATER }))).toBe(
      'search-engines',
    );
  });
});

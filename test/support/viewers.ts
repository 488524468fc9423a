import type { Viewer } from '../../src/http/viewer.js';

/** A verified member without limitations, with overrides. */
export function viewer(changes: Partial<Viewer> = {}): Viewer {
  return {
    memberId: '1',
    handle: 'kim',
    role: 'member',
    avatarSeed: 'kim',
    verified: true,
    locale: 'en',
    country: null,
    timeZone: null,
    sessionId: '1',
    unread: 0,
    breakUntil: null,
    moderates: (changes.role ?? 'member') !== 'member',
    readOnlyUntil: null,
    suspendedUntil: null,
    secondFactorBy: null,
    needsSecondFactor: false,
    reauthenticated: true,
    sharedDevice: false,
    hasFilters: true,
    ...changes,
  };
}

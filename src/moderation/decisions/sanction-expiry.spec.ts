import { describe, expect, it } from '@jest/globals';
import { DAY } from '../../kernel/clock.js';
import { ACTIONS } from '../core/actions.js';
import { EXPIRES_AFTER, expiresAt } from './sanction-expiry.js';

describe('what counts, and for how long', () => {
  const at = new Date('2026-01-01T12:00:00Z');

  it('is nothing for what helps or changes only how a post is shown', () => {
    for (const action of [
      'dismiss',
      'publish',
      'add-warning',
      'fold',
      'limit',
      'move',
      'lock',
      'reach-out',
      'escalate',
    ] as const)
      expect(expiresAt(action, at, null)).toBeNull();
  });

  it('is six months for a word, and six months from its end for a pause', () => {
    expect(expiresAt('warn', at, null)?.getTime()).toBe(at.getTime() + EXPIRES_AFTER);
    const end = new Date(at.getTime() + 7 * DAY);
    expect(expiresAt('suspend', at, end)?.getTime()).toBe(end.getTime() + EXPIRES_AFTER);
    expect(expiresAt('suspend', at, null)).toBeNull();
  });

  it('is settled for every decision there is', () => {
    expect(ACTIONS.length).toBeGreaterThan(10);
    for (const action of ACTIONS)
      expect([null, 'object']).toContain(
        expiresAt(action, at, at) === null ? null : typeof expiresAt(action, at, at),
      );
  });
});

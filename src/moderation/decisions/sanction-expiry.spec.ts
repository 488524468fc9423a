import { describe, expect, it } from '@jest/globals';
import { DAY } from '../../kernel/clock.js';
import { ACTIONS } from '../core/actions.js';
import { EXPIRES_AFTER, expiresAt } from './sanction-expiry.js';

describe('the expiry of a decision', () => {
  const at = new Date('2026-01-01T12:00:00Z');

  it('is unset for supportive actions and display changes', () => {
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

  it('is six months later, for a pause after its end', () => {
    expect(expiresAt('warn', at, null)?.getTime()).toBe(at.getTime() + EXPIRES_AFTER);
    const end = new Date(at.getTime() + 7 * DAY);
    expect(expiresAt('suspend', at, end)?.getTime()).toBe(end.getTime() + EXPIRES_AFTER);
    expect(expiresAt('suspend', at, null)).toBeNull();
  });

  it('is defined for every action', () => {
    expect(ACTIONS.length).toBeGreaterThan(10);
    for (const action of ACTIONS)
      expect([null, 'object']).toContain(
        expiresAt(action, at, at) === null ? null : typeof expiresAt(action, at, at),
      );
  });
});

import { describe, expect, it } from '@jest/globals';
import { DAY } from '../kernel/clock.js';
import { ACTIONS } from './actions.js';
import { LAPSES_AFTER, lapsesAt } from './ladder.js';

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
      expect(lapsesAt(action, at, null)).toBeNull();
  });

  it('is six months for a word, and six months from its end for a pause', () => {
    expect(lapsesAt('warn', at, null)?.getTime()).toBe(at.getTime() + LAPSES_AFTER);
    const end = new Date(at.getTime() + 7 * DAY);
    expect(lapsesAt('suspend', at, end)?.getTime()).toBe(end.getTime() + LAPSES_AFTER);
    expect(lapsesAt('suspend', at, null)).toBeNull();
  });

  it('is settled for every decision there is', () => {
    expect(ACTIONS.length).toBeGreaterThan(10);
    for (const action of ACTIONS)
      expect([null, 'object']).toContain(
        lapsesAt(action, at, at) === null ? null : typeof lapsesAt(action, at, at),
      );
  });
});

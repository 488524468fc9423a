import { describe, expect, it } from '@jest/globals';
import { later, MINUTE } from '../../kernel/clock.js';
import { exposureOf, type ModeratorAction } from './exposure.js';

const START = new Date('2026-11-25T03:00:00Z');
const action = (
  minute: number,
  what: string,
  caseId: string,
  tier: ModeratorAction['tier'] = 'urgent',
): ModeratorAction => ({ caseId, tier, action: `case.${what}`, at: later(START, minute * MINUTE) });
const at = (minute: number): Date => later(START, minute * MINUTE);

describe('the exposure of a moderator', () => {
  it('counts hard cases once each, and the time until the next action', () => {
    const actions = [
      action(0, 'claimed', '1'),
      action(1, 'read', '1'),
      action(9, 'decided', '1'),
      action(10, 'read', '2', 'watch'),
      action(20, 'read', '3', 'crisis'),
    ];
    expect(exposureOf(actions, at(25))).toEqual({ hard: 2, crisis: 1, minutes: 14, limit: 'none' });
  });

  it('caps the time of an open page at a quarter of an hour', () => {
    expect(exposureOf([action(0, 'read', '1')], at(200)).minutes).toBe(15);
  });

  it('suggests a break after five cases or 45 minutes', () => {
    const five = [1, 2, 3, 4, 5].map((n) => action(n, 'read', String(n)));
    expect(exposureOf(five, at(6)).limit).toBe('break');
    expect(exposureOf(five.slice(1), at(6)).limit).toBe('none');
    expect(
      exposureOf([action(0, 'read', '1'), action(20, 'read', '2'), action(40, 'read', '3')], at(60))
        .limit,
    ).toBe('break');
  });

  it('suggests to stop after ten crises or two hours', () => {
    const ten = Array.from({ length: 10 }, (_, n) => action(n, 'read', String(n), 'crisis'));
    expect(exposureOf(ten, at(10)).limit).toBe('stop');
    expect(exposureOf(ten.slice(1), at(10)).limit).toBe('break');
  });
});

import { describe, expect, it } from '@jest/globals';
import {
  COMPLAINTS,
  CONCERNS,
  compareTiers,
  dueBy,
  higherTier,
  isConcern,
  READ_WITHIN,
  REPORT_REASONS,
} from './review-targets.js';
import type { ModeratedHours } from './moderated-hours.js';

const days: ModeratedHours = {
  timeZone: 'Europe/London',
  weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '10:00', to: '21:00' }],
  outside: '',
};
const night = new Date('2026-11-25T03:00:00Z');
const noon = new Date('2026-11-25T12:00:00Z');

describe('targets', () => {
  it('run at any hour for a crisis, in moderated hours for urgent cases', () => {
    expect(dueBy(READ_WITHIN.crisis, days, night)).toEqual(new Date('2026-11-25T03:10:00Z'));
    expect(dueBy(READ_WITHIN.urgent, days, night)).toEqual(new Date('2026-11-25T11:00:00Z'));
    expect(dueBy(READ_WITHIN.urgent, days, noon)).toEqual(new Date('2026-11-25T13:00:00Z'));
    expect(dueBy(READ_WITHIN.watch, days, night)).toEqual(new Date('2026-11-25T15:00:00Z'));
  });

  it('never wait if no hours are set', () => {
    expect(dueBy(READ_WITHIN.urgent, { ...days, weekly: [] }, night)).toEqual(
      new Date('2026-11-25T04:00:00Z'),
    );
    expect(dueBy(READ_WITHIN.urgent, null, night)).toEqual(new Date('2026-11-25T04:00:00Z'));
  });

  it('order unscreened cases before those screened as none', () => {
    expect(higherTier('unknown', 'none')).toBe('unknown');
    expect(higherTier('unknown', 'watch')).toBe('watch');
    expect(compareTiers('crisis', 'urgent')).toBeGreaterThan(0);
  });

  it('separate concerns from complaints', () => {
    expect(Object.keys(CONCERNS).filter((key) => key in COMPLAINTS)).toEqual([]);
    expect(Object.keys(REPORT_REASONS).length).toBe(
      Object.keys(CONCERNS).length + Object.keys(COMPLAINTS).length,
    );
    expect([isConcern('danger-now'), isConcern('spam'), isConcern('toString')]).toEqual([
      true,
      false,
      false,
    ]);
    // A concern never hides a post.
    expect(Object.values(CONCERNS).some((reason) => 'hides' in reason)).toBe(false);
  });
});

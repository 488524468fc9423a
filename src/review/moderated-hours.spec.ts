import { describe, expect, it } from '@jest/globals';
import {
  isModeratedNow,
  moderatedFrom,
  moderationChanges,
  nextModerated,
  type ModeratedHours,
} from './moderated-hours.js';

const london: ModeratedHours = {
  timeZone: 'Europe/London',
  weekly: [
    { days: [1, 2, 3, 4, 5], from: '10:00', to: '21:00' },
    { days: [6], from: '22:00', to: '02:00' },
  ],
  outside: '',
};
const at = (text: string): Date => new Date(text);

describe('moderated hours', () => {
  it.each([
    ['Wednesday at noon', '2026-11-25T12:00:00Z', true],
    ['Wednesday at three in the morning', '2026-11-25T03:00:00Z', false],
    ['the last minute', '2026-11-25T20:59:00Z', true],
    ['the first minute after', '2026-11-25T21:00:00Z', false],
    ['Saturday before midnight', '2026-11-28T23:00:00Z', true],
    ['Sunday, still Saturday’s shift', '2026-11-29T01:59:00Z', true],
    ['Sunday, after it', '2026-11-29T02:00:00Z', false],
    ['summer, where ten is nine in UTC', '2026-07-01T09:00:00Z', true],
  ])('%s', (_what, time, there) => {
    expect(isModeratedNow(london, at(time))).toBe(there);
  });

  it('change at the next start or end of a span, or at midnight', () => {
    const change = (time: string): Date => moderationChanges(london, at(time));
    expect(change('2026-11-25T03:00:20Z')).toEqual(at('2026-11-25T10:00:00Z'));
    expect(change('2026-11-25T12:00:00Z')).toEqual(at('2026-11-25T21:00:00Z'));
    expect(change('2026-11-25T21:00:00Z')).toEqual(at('2026-11-26T00:00:00Z'));
    expect(change('2026-11-29T01:00:00Z')).toEqual(at('2026-11-29T02:00:00Z'));
  });

  it('report the next start', () => {
    expect(nextModerated(london, at('2026-11-25T03:00:00Z'))).toEqual({
      inDays: 0,
      day: 3,
      from: '10:00',
    });
    expect(moderatedFrom(london, at('2026-11-25T03:00:00Z'))).toEqual(at('2026-11-25T10:00:00Z'));
    expect(moderatedFrom(london, at('2026-11-25T21:30:27Z'))).toEqual(at('2026-11-26T10:00:00Z'));
    expect(moderatedFrom(london, at('2026-11-29T12:00:00Z'))).toEqual(at('2026-11-30T10:00:00Z'));
  });

  it('are available from now during a span, never without hours', () => {
    const noon = at('2026-11-25T12:00:00Z');
    expect(moderatedFrom(london, noon)).toBe(noon);
    expect(moderatedFrom({ ...london, weekly: [] }, noon)).toBeNull();
  });

  it('handle clock changes', () => {
    // A span on Saturday night, before the clocks go back on Sunday morning in October.
    const sundays: ModeratedHours = {
      timeZone: 'Europe/London',
      weekly: [{ days: [7], from: '10:00', to: '12:00' }],
      outside: '',
    };
    expect(moderatedFrom(sundays, at('2026-10-24T22:00:00Z'))).toEqual(at('2026-10-25T10:00:00Z'));
    expect(moderatedFrom(sundays, at('2026-03-28T22:00:00Z'))).toEqual(at('2026-03-29T09:00:00Z'));
  });
});

import { describe, expect, it } from '@jest/globals';
import { dueDay } from './prompt-times.js';

const LONG_AGO = new Date('2026-01-01T00:00:00Z');
const monday9 = { weekday: 1, hour: 9, createdAt: LONG_AGO };
const at = (time: string, zone = 'Europe/London', weekly = monday9): string | null =>
  dueDay(weekly, zone, new Date(time));

describe('when a weekly thread is due', () => {
  it.each([
    ['a minute before', '2026-11-23T08:59:00Z', null],
    ['on the hour', '2026-11-23T09:00:00Z', '2026-11-23'],
    ['some hours late', '2026-11-23T20:59:00Z', '2026-11-23'],
    ['too late', '2026-11-23T21:00:00Z', null],
    ['on another day', '2026-11-25T09:00:00Z', null],
  ])('%s', (_what, time, day) => {
    expect(at(time)).toBe(day);
  });

  it('uses the community’s time zone, summer and winter', () => {
    expect(at('2026-07-06T08:00:00Z')).toBe('2026-07-06');
    expect(at('2026-11-23T14:00:00Z', 'America/New_York')).toBe('2026-11-23');
    expect(at('2026-11-23T13:59:00Z', 'America/New_York')).toBeNull();
    expect(at('2026-11-22T20:00:00Z', 'Pacific/Auckland')).toBe('2026-11-23');
  });

  it('may be opened after midnight, for the previous day', () => {
    const late = { ...monday9, hour: 23 };
    expect(at('2026-11-24T01:30:00Z', 'Europe/London', late)).toBe('2026-11-23');
  });

  it('waits for the next week if created after its hour', () => {
    const fresh = { ...monday9, createdAt: new Date('2026-11-23T10:00:00Z') };
    expect(at('2026-11-23T10:05:00Z', 'Europe/London', fresh)).toBeNull();
    expect(at('2026-11-30T09:05:00Z', 'Europe/London', fresh)).toBe('2026-11-30');
  });
});

import { describe, expect, it } from '@jest/globals';
import { wallTime } from './zoned-time.js';

describe('wallTime', () => {
  it.each([
    ['2026-01-15T12:00:00Z', 'Europe/London', 12, 0],
    ['2026-07-15T12:00:00Z', 'Europe/London', 13, 0],
    ['2026-03-29T00:59:00Z', 'Europe/London', 0, 59],
    ['2026-03-29T01:00:00Z', 'Europe/London', 2, 0],
    ['2026-10-25T00:30:00Z', 'Europe/London', 1, 30],
    ['2026-10-25T01:30:00Z', 'Europe/London', 1, 30],
    ['2026-11-01T05:59:00Z', 'America/New_York', 1, 59],
    ['2026-11-01T06:00:00Z', 'America/New_York', 1, 0],
    ['2026-05-05T20:20:00Z', 'Asia/Kathmandu', 2, 5],
    ['2026-10-03T15:29:00Z', 'Australia/Lord_Howe', 1, 59],
    ['2026-10-03T15:30:00Z', 'Australia/Lord_Howe', 2, 30],
  ])('%s in %s', (iso, zone, hour, minute) => {
    expect(wallTime(new Date(iso), zone)).toMatchObject({ hour, minute });
  });

  it('rejects an unknown zone', () => {
    expect(() => wallTime(new Date(0), 'Europe/Atlantis')).toThrow(RangeError);
  });

  it('agrees with Intl for a year, every seven hours', () => {
    for (const zone of [
      'Europe/London',
      'America/Los_Angeles',
      'Pacific/Auckland',
      'Asia/Kolkata',
    ]) {
      const intl = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        hour: '2-digit',
        minute: '2-digit',
        day: '2-digit',
        hourCycle: 'h23',
      });
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 7 * 3_600_000) {
        const parts = Object.fromEntries(
          intl.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
        );
        const wall = wallTime(new Date(at), zone);
        expect([new Date(wall.day * 86_400_000).getUTCDate(), wall.hour, wall.minute]).toEqual([
          parts.day,
          parts.hour,
          parts.minute,
        ]);
      }
    }
  });
});

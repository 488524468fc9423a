import { describe, expect, it } from '@jest/globals';
import {
  nextAfter,
  nextForMany,
  windowAt,
  windowNow,
  type DigestSchedule,
} from './digest-windows.js';

const at = (iso: string): Date => new Date(iso);
const schedule = (fields: Partial<DigestSchedule> = {}): DigestSchedule => ({
  timeZone: 'Europe/London',
  hour: 9,
  day: 7,
  daily: false,
  weekly: true,
  dailyUntil: null,
  weeklyUntil: null,
  ...fields,
});
const SUNDAY = at('2026-06-07T08:00:00Z');

describe('the window of a digest', () => {
  it('is a week for the first weekly digest, and then starts where the last one ended', () => {
    expect(windowAt(SUNDAY, schedule())).toEqual({
      dailySince: null,
      weeklySince: at('2026-05-31T08:00:00Z'),
      until: SUNDAY,
    });
    const last = at('2026-05-31T08:00:07Z');
    expect(windowAt(SUNDAY, schedule({ weeklyUntil: last }))?.weeklySince).toEqual(last);
  });

  it('has both starts on the day on which daily and weekly digests coincide', () => {
    const both = schedule({ daily: true });
    expect(windowAt(SUNDAY, both)).toEqual({
      dailySince: at('2026-06-06T08:00:00Z'),
      weeklySince: at('2026-05-31T08:00:00Z'),
      until: SUNDAY,
    });
    expect(windowAt(at('2026-06-08T08:00:00Z'), both)).toMatchObject({ weeklySince: null });
  });

  it('is null if the day was changed meanwhile', () => {
    expect(windowAt(SUNDAY, schedule({ day: 3 }))).toBeNull();
  });

  it('starts at most a month ago', () => {
    expect(
      windowAt(SUNDAY, schedule({ weeklyUntil: at('2025-01-01T00:00:00Z') }))?.weeklySince,
    ).toEqual(at('2026-05-07T08:00:00Z'));
  });

  it('of a preview ends now, and is a week if no digest was chosen', () => {
    const now = at('2026-06-03T12:00:00Z');
    expect(windowNow(now, schedule({ weeklyUntil: at('2026-05-31T08:00:00Z') }))).toEqual({
      dailySince: null,
      weeklySince: at('2026-05-31T08:00:00Z'),
      until: now,
    });
    expect(windowNow(now, schedule({ weekly: false }))).toEqual({
      dailySince: null,
      weeklySince: at('2026-05-27T12:00:00Z'),
      until: now,
    });
  });
});

describe('the next digest', () => {
  it('is after now even if many were missed, and after a pause', () => {
    expect(nextAfter(at('2026-06-10T12:00:00Z'), null, schedule())).toEqual(
      at('2026-06-14T08:00:00Z'),
    );
    expect(nextAfter(at('2026-06-10T12:00:00Z'), at('2026-07-01T00:00:00Z'), schedule())).toEqual(
      at('2026-07-05T08:00:00Z'),
    );
    expect(nextAfter(at('2026-06-10T12:00:00Z'), null, schedule({ weekly: false }))).toBeNull();
  });

  it('is for each of many members what it is for them alone', () => {
    const now = at('2026-06-10T12:00:00Z');
    const next = nextForMany(now);
    const pauses = [null, at('2026-06-01T00:00:00Z'), at('2026-07-01T00:00:00Z')];
    const schedules = [
      schedule(),
      schedule({ hour: 20 }),
      schedule({ day: 3 }),
      schedule({ timeZone: 'Asia/Tokyo' }),
      schedule({ timeZone: null }),
      schedule({ daily: true }),
      schedule({ weekly: false }),
    ];
    const found = new Set<string>();
    for (let times = 0; times < 2; times += 1)
      for (const pause of pauses)
        for (const each of schedules) {
          const expected = nextAfter(now, pause, each);
          expect(next(pause, each)).toEqual(expected);
          found.add(String(expected?.toISOString()));
        }
    expect(found.size).toBeGreaterThan(8);
  });
});

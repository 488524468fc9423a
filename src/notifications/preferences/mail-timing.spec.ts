import { describe, expect, it } from '@jest/globals';
import {
  afterQuietHours,
  dayAround,
  dayName,
  dayNamed,
  nextDigest,
  type DigestTimes,
} from './mail-timing.js';

const at = (iso: string): Date => new Date(iso);

function times(
  timeZone: string | null,
  hour: number,
  times: Partial<DigestTimes> = {},
): DigestTimes {
  return { timeZone, hour, day: 7, daily: true, weekly: false, ...times };
}

/** The next `count` digests in sequence. */
function series(after: string, wanted: DigestTimes, count: number): string[] {
  const found: string[] = [];
  let from = at(after);
  for (let n = 0; n < count; n += 1) {
    const next = nextDigest(from, wanted);
    if (next === null) throw new Error('none');
    found.push(next.at.toISOString().slice(0, 16));
    from = next.at;
  }
  return found;
}

describe('a daily digest', () => {
  // Each zone around the change to and from daylight saving time: the local hour stays the same,
  // the UTC hour moves.
  it.each([
    [
      'Europe/London',
      9,
      '2026-03-28T00:00Z',
      ['2026-03-28T09:00', '2026-03-29T08:00', '2026-03-30T08:00'],
    ],
    [
      'Europe/London',
      9,
      '2026-10-24T00:00Z',
      ['2026-10-24T08:00', '2026-10-25T09:00', '2026-10-26T09:00'],
    ],
    // 01:00 is skipped on 29 March: the digest is sent after the change, at 02:00 local time.
    [
      'Europe/London',
      1,
      '2026-03-28T12:00Z',
      ['2026-03-29T01:00', '2026-03-30T00:00', '2026-03-31T00:00'],
    ],
    // 01:00 occurs twice on 25 October: the digest is sent once, the first time.
    [
      'Europe/London',
      1,
      '2026-10-24T12:00Z',
      ['2026-10-25T00:00', '2026-10-26T01:00', '2026-10-27T01:00'],
    ],
    ['Europe/Berlin', 2, '2026-03-28T12:00Z', ['2026-03-29T01:00', '2026-03-30T00:00']],
    ['Europe/Berlin', 2, '2026-10-24T12:00Z', ['2026-10-25T00:00', '2026-10-26T01:00']],
    [
      'America/New_York',
      8,
      '2026-03-07T12:00Z',
      ['2026-03-07T13:00', '2026-03-08T12:00', '2026-03-09T12:00'],
    ],
    ['America/New_York', 1, '2026-10-31T12:00Z', ['2026-11-01T05:00', '2026-11-02T06:00']],
    // A change by half an hour.
    ['Australia/Lord_Howe', 2, '2026-10-02T20:00Z', ['2026-10-03T15:30', '2026-10-04T15:00']],
    ['Australia/Lord_Howe', 1, '2026-04-03T20:00Z', ['2026-04-04T14:00', '2026-04-05T14:30']],
    // Midnight itself is skipped: the day starts at one.
    ['America/Santiago', 0, '2026-09-05T12:00Z', ['2026-09-06T04:00', '2026-09-07T03:00']],
    ['Africa/Cairo', 0, '2026-04-23T12:00Z', ['2026-04-23T22:00', '2026-04-24T21:00']],
    // Zones without daylight saving time, and the extreme offsets.
    ['Asia/Kolkata', 7, '2026-03-28T12:00Z', ['2026-03-29T01:30', '2026-03-30T01:30']],
    ['Pacific/Kiritimati', 6, '2026-01-01T00:00Z', ['2026-01-01T16:00', '2026-01-02T16:00']],
    ['Pacific/Pago_Pago', 23, '2026-01-01T00:00Z', ['2026-01-01T10:00', '2026-01-02T10:00']],
  ])('in %s at %d after %s', (zone, hour, after, expected) => {
    expect(series(after, times(zone, hour), expected.length)).toEqual(expected);
  });

  it('is sent once every day of a year, despite daylight saving time', () => {
    for (const zone of [
      'Europe/London',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Africa/Casablanca',
    ]) {
      for (const hour of [0, 2]) {
        const all = series('2026-01-01T00:00Z', times(zone, hour), 365).map((iso) =>
          dayName(at(`${iso}Z`), zone),
        );
        expect([zone, hour, new Set(all).size]).toEqual([zone, hour, 365]);
      }
    }
  });

  it('uses the default zone instead of an unknown one', () => {
    expect(series('2026-01-01T00:00Z', times('Mars/Olympus', 9), 1)).toEqual(
      series('2026-01-01T00:00Z', times(null, 9), 1),
    );
  });
});

describe('a weekly digest', () => {
  it.each([
    ['Europe/London', 7, 9, '2026-03-23T00:00Z', ['2026-03-29T08:00', '2026-04-05T08:00']],
    ['Europe/London', 7, 1, '2026-10-20T00:00Z', ['2026-10-25T00:00', '2026-11-01T01:00']],
    ['Pacific/Auckland', 1, 8, '2026-09-26T00:00Z', ['2026-09-27T19:00', '2026-10-04T19:00']],
  ])('in %s on day %d at %d', (zone, day, hour, after, expected) => {
    expect(
      series(after, times(zone, hour, { day, daily: false, weekly: true }), expected.length),
    ).toEqual(expected);
  });

  it('is combined with the daily one on its day', () => {
    const both = times('Europe/London', 9, { weekly: true, day: 3 });
    expect(nextDigest(at('2026-06-01T12:00Z'), both)).toMatchObject({ weekly: false });
    expect(nextDigest(at('2026-06-02T12:00Z'), both)).toEqual({
      at: at('2026-06-03T08:00Z'),
      weekly: true,
    });
  });

  it('is not due for members who want none', () => {
    expect(nextDigest(at('2026-06-01T12:00Z'), times('UTC', 9, { daily: false }))).toBeNull();
  });
});

describe('quiet hours', () => {
  it.each([
    ['Europe/London', 22, 7, '2026-06-01T20:59Z', '2026-06-01T20:59Z'],
    ['Europe/London', 22, 7, '2026-06-01T21:00Z', '2026-06-02T06:00Z'],
    ['Europe/London', 22, 7, '2026-06-02T02:30Z', '2026-06-02T06:00Z'],
    ['Europe/London', 22, 7, '2026-06-02T06:00Z', '2026-06-02T06:00Z'],
    ['Europe/London', 1, 6, '2026-06-02T02:00Z', '2026-06-02T05:00Z'],
    // Across the nights in which the clocks go forward and back.
    ['Europe/London', 22, 7, '2026-03-28T23:00Z', '2026-03-29T06:00Z'],
    ['Europe/London', 22, 7, '2026-10-24T22:00Z', '2026-10-25T07:00Z'],
    // Ending in the skipped hour, and in the hour that occurs twice.
    ['Europe/London', 22, 1, '2026-03-28T23:00Z', '2026-03-29T01:00Z'],
    ['Europe/London', 22, 1, '2026-10-24T22:30Z', '2026-10-25T00:00Z'],
    ['America/New_York', 21, 8, '2026-03-08T05:00Z', '2026-03-08T12:00Z'],
  ])('in %s from %d to %d: an email at %s is sent at %s', (timeZone, from, to, written, sent) => {
    expect(afterQuietHours(at(written), { timeZone, from, to })).toEqual(at(sent));
  });

  it('delay nothing if they are empty or not set', () => {
    const now = at('2026-06-01T00:30Z');
    for (const [from, to] of [
      [null, null],
      [3, 3],
      [null, 4],
    ] as const)
      expect(afterQuietHours(now, { timeZone: 'UTC', from, to })).toBe(now);
  });
});

describe('a day', () => {
  it('has 23, 24 or 25 hours', () => {
    const hours = (iso: string): number => {
      const { start, end } = dayAround(at(iso), 'Europe/London');
      return (end.getTime() - start.getTime()) / 3_600_000;
    };
    expect([
      hours('2026-03-29T12:00Z'),
      hours('2026-06-01T12:00Z'),
      hours('2026-10-25T12:00Z'),
    ]).toEqual([23, 24, 25]);
  });

  it('is parsed and formatted in the reader’s zone', () => {
    expect(dayNamed('2026-07-01', 'Asia/Tokyo')).toEqual(at('2026-06-30T15:00Z'));
    expect(dayName(at('2026-06-30T15:00Z'), 'Asia/Tokyo')).toBe('2026-07-01');
    for (const wrong of ['', 'soon', '2026-13-01', '2026-02-30'])
      expect(dayNamed(wrong, 'Asia/Tokyo')).toBeNull();
  });
});

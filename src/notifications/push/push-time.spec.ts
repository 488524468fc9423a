import { describe, expect, it } from '@jest/globals';
import { pushTime, type PushLoad } from './push-time.js';

const NOON = new Date('2026-06-01T11:00:00Z');
const after = (facts: Partial<PushLoad>): string =>
  pushTime(NOON, {
    timeZone: 'Europe/London',
    quietFrom: null,
    quietTo: null,
    pausedUntil: null,
    pushedAt: null,
    unseen: false,
    ...facts,
  })
    .toISOString()
    .slice(0, 16);

describe('a notification on a device', () => {
  it.each<[string, Partial<PushLoad>, string]>([
    ['is sent at once', {}, '2026-06-01T11:00'],
    [
      'waits ten minutes after one that was seen',
      { pushedAt: new Date('2026-06-01T10:55:00Z') },
      '2026-06-01T11:05',
    ],
    [
      'waits a day after one that was not',
      { pushedAt: new Date('2026-06-01T10:55:00Z'), unseen: true },
      '2026-06-02T10:55',
    ],
    [
      'does not wait for one of long ago',
      { pushedAt: new Date('2026-05-30T10:55:00Z'), unseen: true },
      '2026-06-01T11:00',
    ],
    [
      'does not wait for a time at which a wrong clock sent one',
      { pushedAt: new Date('2027-05-30T10:55:00Z'), unseen: true },
      '2026-06-01T11:00',
    ],
    ['waits for the morning', { quietFrom: 12, quietTo: 7 }, '2026-06-02T06:00'],
    [
      'waits for the end of a pause',
      { pausedUntil: new Date('2026-06-05T09:00:00Z') },
      '2026-06-05T09:00',
    ],
  ])('%s', (_what, load, expected) => {
    expect(after(load)).toBe(expected);
  });
});

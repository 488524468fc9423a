import { describe, expect, it } from '@jest/globals';
import { noticeMailTime, type MailLoad } from './notice-mail-time.js';

const NOON = new Date('2026-06-01T11:00:00Z');
const load = (facts: Partial<MailLoad> = {}): MailLoad => ({
  timeZone: 'Europe/London',
  quietFrom: null,
  quietTo: null,
  pausedUntil: null,
  mailedAt: null,
  today: 0,
  ...facts,
});
const after = (facts: Partial<MailLoad>, now = NOON): string =>
  noticeMailTime(now, load(facts)).toISOString().slice(0, 16);

describe('noticeMailTime', () => {
  it('is immediate, to the millisecond', () => {
    expect(noticeMailTime(NOON, load())).toBe(NOON);
  });

  it.each<[string, Partial<MailLoad>, string]>([
    [
      'waits ten minutes after the last one, so that a burst is one mail',
      { mailedAt: new Date('2026-06-01T10:55:00Z') },
      '2026-06-01T11:05',
    ],
    [
      'does not wait for a mail of long ago',
      { mailedAt: new Date('2026-05-01T10:55:00Z') },
      '2026-06-01T11:00',
    ],
    [
      'does not wait for a time at which a wrong clock sent one',
      { mailedAt: new Date('2027-06-01T10:55:00Z') },
      '2026-06-01T11:00',
    ],
    ['waits for the next day once there were enough', { today: 6 }, '2026-06-01T23:00'],
    ['waits for the morning', { quietFrom: 12, quietTo: 7 }, '2026-06-02T06:00'],
    [
      'waits for the morning after a day that was full',
      { today: 6, quietFrom: 22, quietTo: 7 },
      '2026-06-02T06:00',
    ],
    [
      'waits for the end of a pause, and of the quiet hours it ends in',
      { pausedUntil: new Date('2026-06-30T23:00:00Z'), quietFrom: 22, quietTo: 7 },
      '2026-07-01T06:00',
    ],
  ])('%s', (_what, load, expected) => {
    expect(after(load)).toBe(expected);
  });
});

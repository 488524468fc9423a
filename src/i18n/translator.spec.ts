import { describe, expect, it } from '@jest/globals';
import { Messages } from './messages.js';
import { Translator } from './translator.js';

const messages = new Messages();
// A Wednesday, 14:30 in London.
const now = new Date('2026-03-11T14:30:00Z');
const i18n = new Translator(messages, 'en', now);
const ago = (text: string): string => i18n.when(new Date(text));

describe('when something was', () => {
  it('is as exact as a reader needs', () => {
    expect(ago('2026-03-11T14:29:00Z')).toBe('just now');
    expect(ago('2026-03-11T14:10:00Z')).toBe('20 minutes ago');
    expect(ago('2026-03-11T12:30:00Z')).toBe('2 hours ago');
    expect(ago('2026-03-11T07:00:00Z')).toBe('this morning');
    expect(ago('2026-03-10T20:00:00Z')).toBe('yesterday evening');
    expect(ago('2026-03-08T15:00:00Z')).toBe('on Sunday afternoon');
    expect(ago('2026-01-05T10:00:00Z')).toBe('5 January');
    expect(ago('2024-12-31T10:00:00Z')).toBe('31 December 2024');
  });

  it('calls a night what people call it', () => {
    expect(ago('2026-03-11T02:00:00Z')).toBe('in the night');
    expect(ago('2026-03-10T22:00:00Z')).toBe('last night');
    expect(ago('2026-03-10T02:00:00Z')).toBe('early yesterday morning');
    expect(ago('2026-03-09T23:00:00Z')).toBe('on Monday night');
    expect(ago('2026-03-09T04:00:00Z')).toBe('early on Monday morning');
  });

  it('goes by the reader’s own calendar', () => {
    const late = new Date('2026-03-10T23:30:00Z');
    const inLondon = new Translator(messages, 'en', now, 'Europe/London').when(late);
    const inTokyo = new Translator(messages, 'en', now, 'Asia/Tokyo').when(late);
    expect(inLondon).toBe('last night');
    expect(inTokyo).toBe('this morning');
  });

  it('holds across the night when the clocks change', () => {
    const morning = new Translator(messages, 'en', new Date('2026-03-29T09:00:00Z'));
    expect(morning.when(new Date('2026-03-28T23:30:00Z'))).toBe('last night');
  });

  it.each(['Etc/GMT+12', 'UTC', 'Pacific/Kiritimati'])(
    'names a day of the calendar alike for everyone: %s',
    (zone) => {
      const there = new Translator(messages, 'en', now, zone);
      expect(there.calendarDay('2026-11-01')).toBe('1 November 2026');
      expect(there.calendarDay(new Date('2026-11-01T00:00:00Z'))).toBe('1 November 2026');
    },
  );

  it('lists and numbers as people write them', () => {
    expect(i18n.list(['a', 'b', 'c'])).toMatch(/^a, b,? and c$/);
    expect(i18n.number(12_345)).toBe('12,345');
    expect(i18n.month(now)).toBe('March 2026');
  });
});

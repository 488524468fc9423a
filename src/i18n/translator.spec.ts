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
    expect(ago('2026-03-11T14:29:00Z')).toBe(messages.text('en', 'time.now'));
    expect(ago('2026-03-11T14:10:00Z')).toBe(messages.text('en', 'time.minutes', { count: 20 }));
    expect(ago('2026-03-11T12:30:00Z')).toBe(messages.text('en', 'time.hours', { count: 2 }));
    expect(ago('2026-03-11T07:00:00Z')).toBe(
      messages.text('en', 'time.today', { part: messages.text('en', 'time.part.morning') }),
    );
    expect(ago('2026-03-10T20:00:00Z')).toBe(
      messages.text('en', 'time.yesterday', { part: messages.text('en', 'time.part.evening') }),
    );
    expect(ago('2026-03-08T03:00:00Z')).toContain('Sunday');
    expect(ago('2026-01-05T10:00:00Z')).toBe('5 January');
    expect(ago('2024-12-31T10:00:00Z')).toBe('31 December 2024');
  });

  it('goes by the reader’s own calendar', () => {
    const late = new Date('2026-03-10T23:30:00Z');
    const inLondon = new Translator(messages, 'en', now, 'Europe/London').when(late);
    const inTokyo = new Translator(messages, 'en', now, 'Asia/Tokyo').when(late);
    expect(inLondon).toBe(
      messages.text('en', 'time.yesterday', { part: messages.text('en', 'time.part.evening') }),
    );
    expect(inTokyo).toBe(
      messages.text('en', 'time.today', { part: messages.text('en', 'time.part.morning') }),
    );
  });

  it('holds across the night when the clocks change', () => {
    const morning = new Translator(messages, 'en', new Date('2026-03-29T09:00:00Z'));
    expect(morning.when(new Date('2026-03-28T23:30:00Z'))).toBe(
      messages.text('en', 'time.yesterday', { part: messages.text('en', 'time.part.evening') }),
    );
  });

  it('lists and numbers as people write them', () => {
    expect(i18n.list(['a', 'b', 'c'])).toMatch(/^a, b,? and c$/);
    expect(i18n.number(12_345)).toBe('12,345');
    expect(i18n.month(now)).toBe('March 2026');
  });
});

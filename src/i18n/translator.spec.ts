import { describe, expect, it } from '@jest/globals';
import { Messages } from './messages.js';
import { Translator } from './translator.js';

const messages = new Messages();
// A Wednesday, 14:30 in London.
const now = new Date('2026-03-11T14:30:00Z');
const i18n = new Translator(messages, 'en', now);
const ago = (text: string): string => i18n.when(new Date(text));

describe('relative times', () => {
  it('are as precise as readers need', () => {
    expect(ago('2026-03-11T14:29:00Z')).toBe('just now');
    expect(ago('2026-03-11T14:10:00Z')).toBe('20 minutes ago');
    expect(ago('2026-03-11T12:30:00Z')).toBe('2 hours ago');
    expect(ago('2026-03-11T07:00:00Z')).toBe('this morning');
    expect(ago('2026-03-10T20:00:00Z')).toBe('yesterday evening');
    expect(ago('2026-03-08T15:00:00Z')).toBe('on Sunday afternoon');
    expect(ago('2026-01-05T10:00:00Z')).toBe('5 January');
    expect(ago('2024-12-31T10:00:00Z')).toBe('31 December 2024');
  });

  it('report until when they are valid', () => {
    // Every text within a day: it is the same until the last moment of its validity, and then
    // another.
    for (const age of [0, 1, 5, 29.6, 59, 61, 89, 91, 200]) {
      const date = new Date(now.getTime() - age * 60_000);
      const then = new Translator(messages, 'en', now);
      const text = then.when(date);
      const at = (ms: number): string => new Translator(messages, 'en', new Date(ms)).when(date);
      expect([age, at(then.trueUntil - 1)]).toEqual([age, text]);
      expect([age, at(then.trueUntil)]).not.toEqual([age, text]);
    }
    const old = new Translator(messages, 'en', now);
    old.when(new Date('2026-03-11T07:00:00Z'));
    expect(old.trueUntil).toBe(Infinity);
  });

  it('call a night as people call it', () => {
    expect(ago('2026-03-11T02:00:00Z')).toBe('in the night');
    expect(ago('2026-03-10T22:00:00Z')).toBe('last night');
    expect(ago('2026-03-10T02:00:00Z')).toBe('early yesterday morning');
    expect(ago('2026-03-09T23:00:00Z')).toBe('on Monday night');
    expect(ago('2026-03-09T04:00:00Z')).toBe('early on Monday morning');
  });

  it('follow the reader’s calendar', () => {
    const late = new Date('2026-03-10T23:30:00Z');
    const inLondon = new Translator(messages, 'en', now, 'Europe/London').when(late);
    const inTokyo = new Translator(messages, 'en', now, 'Asia/Tokyo').when(late);
    expect(inLondon).toBe('last night');
    expect(inTokyo).toBe('this morning');
  });

  it('are correct across the night of a clock change', () => {
    const morning = new Translator(messages, 'en', new Date('2026-03-29T09:00:00Z'));
    expect(morning.when(new Date('2026-03-28T23:30:00Z'))).toBe('last night');
  });

  it.each(['Etc/GMT+12', 'UTC', 'Pacific/Kiritimati'])(
    'name a calendar day alike for everyone: %s',
    (zone) => {
      const there = new Translator(messages, 'en', now, zone);
      expect(there.calendarDay('2026-11-01')).toBe('1 November 2026');
      expect(there.calendarDay(new Date('2026-11-01T00:00:00Z'))).toBe('1 November 2026');
    },
  );

  it('shorten days where there is little room', () => {
    expect(i18n.shortDate(new Date('2026-11-01T12:00:00Z'))).toBe('1 Nov 2026');
    expect(i18n.calendarDay('2026-11-01', 'least')).toBe('1 Nov');
  });

  it('format lists and numbers idiomatically', () => {
    expect(i18n.list(['a', 'b', 'c'])).toMatch(/^a, b,? and c$/);
    expect(i18n.number(12_345)).toBe('12,345');
    expect(i18n.month(now)).toBe('March 2026');
  });
});

describe('other languages', () => {
  const at = (locale: string): Translator => new Translator(messages, locale, now);
  const times = [
    '2026-03-11T14:29:00Z',
    '2026-03-11T14:10:00Z',
    '2026-03-11T13:30:00Z',
    '2026-03-11T07:00:00Z',
    '2026-03-11T02:00:00Z',
    '2026-03-10T20:00:00Z',
    '2026-03-10T23:00:00Z',
    '2026-03-10T02:00:00Z',
    '2026-03-08T15:00:00Z',
    '2026-03-09T23:00:00Z',
    '2026-03-09T04:00:00Z',
    '2026-01-05T10:00:00Z',
    '2024-12-31T10:00:00Z',
  ].map((text) => new Date(text));

  it('express times idiomatically', () => {
    expect(times.map((time) => at('de').when(time))).toEqual([
      'gerade eben',
      'vor 20 Minuten',
      'vor einer Stunde',
      'heute Vormittag',
      'heute Nacht',
      'gestern Abend',
      'gestern Nacht',
      'in der Nacht auf gestern',
      'am Sonntagnachmittag',
      'am späten Montagabend',
      'am frühen Montagmorgen',
      '5. Januar',
      '31. Dezember 2024',
    ]);
    expect(times.map((time) => at('es').when(time))).toEqual([
      'ahora mismo',
      'hace 20 minutos',
      'hace una hora',
      'esta mañana',
      'esta madrugada',
      'ayer por la tarde-noche',
      'anoche',
      'ayer de madrugada',
      'el domingo por la tarde',
      'el lunes por la noche',
      'el lunes de madrugada',
      '5 de enero',
      '31 de diciembre de 2024',
    ]);
  });

  it('list items without a second "and" where an item has one', () => {
    expect(at('en').list(['suicide', 'self-harm', 'other'])).toBe('suicide, self-harm and other');
    expect(at('en').list(['medical details', 'death and grief'])).toBe(
      'medical details, death and grief',
    );
    expect(at('es').list(['muerte y duelo', 'suicidio'])).toBe('muerte y duelo, suicidio');
  });

  it('format future times, days and months idiomatically', () => {
    const soon = new Date('2026-03-12T10:00:00Z');
    const friday = new Date('2026-03-13T10:00:00Z');
    const later = new Date('2026-05-01T10:00:00Z');
    expect([soon, friday, later].map((time) => at('de').soon(time))).toEqual([
      'morgen um 10:00 (Ortszeit London)',
      'am Freitag um 10:00 (Ortszeit London)',
      'am 1. Mai um 11:00 (Ortszeit London)',
    ]);
    expect([soon, friday, later].map((time) => at('es').soon(time))).toEqual([
      'mañana a las 10:00 (hora de Londres)',
      'el viernes a las 10:00 (hora de Londres)',
      'el 1 de mayo a las 11:00 (hora de Londres)',
    ]);
    expect([soon, friday, later].map((time) => at('en').by(time))).toEqual([
      '10:00 tomorrow (London time)',
      '10:00 on Friday (London time)',
      '11:00 on 1 May (London time)',
    ]);
    expect(at('de').exactly(soon)).toBe('12. März 2026, 10:00');
    expect(at('de').month(now)).toBe('März 2026');
    expect(at('es').month(now)).toBe('marzo de 2026');
  });

  it('use the language’s separators in lists and numbers', () => {
    expect(at('de').list(['a', 'b', 'c'])).toBe('a, b und c');
    expect(at('es').list(['a', 'b', 'c'])).toBe('a, b y c');
    // In Spanish, "y" becomes "e" before an i sound.
    expect(at('es').list(['ira', 'ideas'])).toBe('ira e ideas');
    expect(at('de').number(12_345)).toBe('12.345');
    expect(at('es').number(12_345)).toBe('12.345');
    expect(at('es').number(1_234)).toBe('1234');
  });

  it('use the language’s plural forms, with zero as plural', () => {
    const counted = (locale: string, count: number): string =>
      at(locale).t('mail.digest.threads', { count });
    expect([0, 1, 2].map((count) => counted('de', count))).toEqual([
      '0 neue Gespräche',
      'Ein neues Gespräch',
      '2 neue Gespräche',
    ]);
    expect([0, 1, 2].map((count) => counted('es', count))).toEqual([
      '0 conversaciones nuevas',
      'Una conversación nueva',
      '2 conversaciones nuevas',
    ]);
  });
});

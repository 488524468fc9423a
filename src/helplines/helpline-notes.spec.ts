import { describe, expect, it } from '@jest/globals';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { FILE_ROWS } from './helpline-rows.js';
import { helplinesOf, displayedHelplines } from './helplines.js';

const messages = new Messages();
const now = new Date('2026-06-01T12:00:00Z');
const english = new Set(
  messages
    .keys('en')
    .filter((key) => key.startsWith('helplines.note.'))
    .map((key) => messages.raw('en', key)),
);

/** Text that would appear in English on a page in another language. */
const WORDS = /[a-z]{2,}(?<!WhatsApp)/;

describe('notes on a helpline', () => {
  it('are translated to every language', () => {
    const shown = FILE_ROWS.flatMap((row) => [
      row.audience,
      // Unverified hours are not shown.
      /general knowledge|verify|check/i.test(row.hours ?? '') ? null : row.hours,
      ...row.languages.filter((each) => !/^([a-z]{2,3}|many|local|others?)$/.test(each)),
      ...[row.phone, row.sms].filter((each) => WORDS.test(each?.replace('WhatsApp', '') ?? '')),
    ]).filter((text) => text !== null && !text.startsWith('sv 09'));
    expect(shown.length).toBeGreaterThan(150);
    expect([...new Set(shown)].filter((text) => !english.has(text ?? ''))).toEqual([]);
  });

  it('are in the page’s language, but keep the keyword to send', () => {
    const line = (locale: string) =>
      displayedHelplines(helplinesOf('GB'), new Translator(messages, locale, now)).find(
        ({ name }) => name === 'Shout',
      );
    expect(line('en')?.sms).toBe('85258 (text SHOUT)');
    expect(line('es')).toMatchObject({
      sms: '85258 (envía SHOUT)',
      smsHref: 'sms:85258?&body=SHOUT',
      audience: 'cualquiera que lo esté pasando mal',
    });
    expect(line('de')).toMatchObject({ audience: 'für alle, denen es schlecht geht' });
  });

  it('are verbatim if an administrator edited them', () => {
    const own = new Translator(messages, 'es', now);
    expect(own.phrase('helplines.note', 'anyone at all, on Sundays')).toBe(
      'anyone at all, on Sundays',
    );
    // The key of an existing message, in another case.
    expect(own.phrase('helplines.note', 'Anyone in distress?')).toBe('Anyone in distress?');
  });
});

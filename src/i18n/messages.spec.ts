import { describe, expect, it } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { Messages, type MessageParams } from './messages.js';

const messages = new Messages();

/** Every name that a message may take, so that each finds its own. */
const PARAMS: MessageParams = new Proxy(
  {},
  {
    get: (_, name) => `<${String(name)}>`,
    has: () => true,
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
  },
);

describe('messages', () => {
  it('of plain parts read as the interpreter reads them, in every language', () => {
    let plain = 0;
    for (const locale of messages.locales)
      for (const key of messages.keys(locale)) {
        const raw = messages.raw(locale, key);
        if (!raw.includes('{') || /\{\s*\w+\s*,/.test(raw)) continue;
        const format = new IntlMessageFormat(raw, locale, undefined, { ignoreTag: true });
        expect([key, messages.text(locale, key, PARAMS)]).toEqual([
          key,
          String(format.format(PARAMS)),
        ]);
        plain += 1;
      }
    expect(plain).toBeGreaterThan(200);
  });

  it.each([3, 0, '', 'a {b} <c>', true, null])('fill in %p as the interpreter does', (number) => {
    const raw = messages.raw('en', 'posts.number');
    const format = new IntlMessageFormat(raw, 'en', undefined, { ignoreTag: true });
    expect(messages.text('en', 'posts.number', { number })).toBe(String(format.format({ number })));
  });

  it('say so where a parameter is missing', () => {
    expect(() => messages.text('en', 'posts.number', {})).toThrow('number');
    expect(() => messages.text('en', 'posts.number')).toThrow('number');
  });
});

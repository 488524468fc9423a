import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { Messages, type MessageParams } from './messages.js';

const messages = new Messages();

/** Has a value for every parameter name, derived from the name. */
const PARAMS: MessageParams = new Proxy(
  {},
  {
    get: (_, name) => `<${String(name)}>`,
    has: () => true,
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
  },
);

describe('messages', () => {
  it('without plural forms give the same text as the interpreter, in every language', () => {
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

  it('with counts and choices give the same text as the interpreter, in every language', () => {
    const interpreted = (raw: string, locale: string, params: MessageParams): string =>
      String(new IntlMessageFormat(raw, locale, undefined, { ignoreTag: true }).format(params));
    let compared = 0;
    for (const locale of messages.locales)
      for (const key of messages.keys(locale)) {
        const raw = messages.raw(locale, key);
        if (!/\{\s*\w+\s*,\s*(plural|select)/.test(raw)) continue;
        const counts = [...raw.matchAll(/\{\s*(\w+)\s*,\s*(?:plural|selectordinal)/g)];
        const choices = [...raw.matchAll(/\{\s*(\w+)\s*,\s*select\s*,\s*(\w+)/g)];
        for (const count of [0, 1, 2, 3, 1_234]) {
          const numbers = counts.map(([, name = '']) => [name, count] as const);
          const chosen = choices.map(([, name = '', first = '']) => [
            name,
            count % 2 === 0 ? first : 'something else',
          ]);
          const given = Object.fromEntries([...numbers, ...chosen]) as MessageParams;
          const params = new Proxy(given, {
            get: (own, name) => own[String(name)] ?? `<${String(name)}>`,
            has: () => true,
            getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
          });
          expect([key, messages.text(locale, key, params)]).toEqual([
            key,
            interpreted(raw, locale, params),
          ]);
          compared += 1;
        }
      }
    expect(compared).toBeGreaterThan(500);
  });

  it('with counts distinguish numbers from strings, and parameters from each other', () => {
    const text = (params: MessageParams): string =>
      messages.text('en', 'posts.reaction.with-you.count', params);
    expect(text({ count: 1, mine: 'true' })).not.toBe(text({ count: 1, mine: 'false' }));
    expect(text({ count: 1, mine: 'false' })).not.toBe(text({ count: 2, mine: 'false' }));
    expect(text({ mine: 'false', count: 2 })).toBe(text({ count: 2, mine: 'false' }));
    expect(() => text({ mine: 'false' })).toThrow('count');
  });

  it('are updated when the files are reloaded', () => {
    const folder = mkdtempSync(join(tmpdir(), 'messages-'));
    mkdirSync(join(folder, 'en'));
    const write = (words: string): void =>
      writeFileSync(
        join(folder, 'en', 'own.json'),
        JSON.stringify({ boats: `{count, plural, one {# ${words}} other {# ${words}s}}` }),
      );
    write('boat');
    const own = new Messages(folder);
    expect(own.text('en', 'own.boats', { count: 2 })).toBe('2 boats');
    write('ship');
    own.load();
    expect(own.text('en', 'own.boats', { count: 2 })).toBe('2 ships');
    rmSync(folder, { recursive: true });
  });

  it('report a missing parameter', () => {
    expect(() => messages.text('en', 'posts.number', {})).toThrow('number');
    expect(() => messages.text('en', 'posts.number')).toThrow('number');
  });
});

describe('a partial language', () => {
  const folder = mkdtempSync(join(tmpdir(), 'messages-'));
  const write = (file: string, content: object): void => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), JSON.stringify(content));
  };
  write('en/own.json', { boat: 'boat', ship: 'ship' });
  write('fi/own.json', { boat: 'vene' });
  write('fi/language.json', { name: 'Suomi (apu)', mails: false, pages: ['/help', '/kept/*'] });
  write('sv/own.json', { boat: 'båt', ship: 'skepp' });
  const own = new Messages(folder);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('needs only its folder, whose manifest lists its coverage', () => {
    expect(own.locales).toEqual(['en', 'fi', 'sv']);
    const covered = (page: string): boolean | undefined => own.coverageOf('fi')?.covers(page);
    expect(['/help', '/kept/x', '/kept/', '/help/more', '/kept', '/'].map(covered)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(own.coverageOf('fi')?.name).toBe('Suomi (apu)');
    expect(own.keys('fi')).toEqual(['own.boat']);
  });

  it('is not used for anything that it does not cover', () => {
    expect(own.supported('fi')).toBe('en');
    expect(own.forMails('fi')).toBe('en');
    expect(own.supported(null)).toBe('en');
    expect(own.coverageOf('da')).toBeNull();
  });

  it('is complete without a manifest, and is shown by its own name', () => {
    expect(own.supported('sv')).toBe('sv');
    expect(own.forMails('sv')).toBe('sv');
    expect(own.coverageOf('sv')?.covers('/whatever')).toBe(true);
    expect(own.coverageOf('sv')?.name).toBe('Svenska');
  });
});

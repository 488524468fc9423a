import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { Assets } from '../src/rendering/assets.js';
import { Messages } from '../src/i18n/messages.js';
import { Templates } from '../src/rendering/templates.js';

const VIEWS = resolve('views');

function files(folder: string, ending: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path, ending);
    return entry.name.endsWith(ending) ? [path] : [];
  });
}

// The parser's numbers for plain words and for the # of a plural: the only parts that take nothing.
const TAKES_NOTHING = [0, 7];

/** The names that a message is filled with, those within its plural forms too. */
function argumentsOf(parts: object[], into = new Set<string>()): Set<string> {
  for (const part of parts as {
    type: number;
    value: string;
    options?: Record<string, { value: object[] }>;
  }[]) {
    if (!TAKES_NOTHING.includes(part.type)) into.add(part.value);
    for (const option of Object.values(part.options ?? {})) argumentsOf(option.value, into);
  }
  return into;
}

const messages = new Messages();
const pages = files(VIEWS, '.hbs');
const mails = files(VIEWS, '.mjml');

describe('templates', () => {
  it('compile, every one', () => {
    expect(new Templates(messages, new Assets()).names.length).toBe(pages.length);
    expect(pages.length).toBeGreaterThan(50);
  });

  it('name only messages that English has', () => {
    const missing = [...pages, ...mails].flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bt "([^"]+)"/g)]
        .map(([, key]) => key ?? '')
        .filter((key) => !messages.has(key))
        .map((key) => `${relative(VIEWS, path)}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('carry no style, script or handler of their own', () => {
    const wrong = pages.filter(
      (path) =>
        !path.includes('/mail/') &&
        /\sstyle=|<style|\son\w+=|<script(?! src=)/.test(readFileSync(path, 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('of mails load nothing, count nothing and lead nowhere but where their letter says', () => {
    const letters = [...mails, ...pages.filter((path) => path.includes('/mail/'))];
    expect(letters.length).toBeGreaterThan(mails.length);
    for (const path of letters) {
      const text = readFileSync(path, 'utf8');
      expect([
        relative(VIEWS, path),
        /<(mj-image|mj-carousel|mj-hero|mj-font|mj-include|mj-social|img|picture|iframe|object|embed|link|script|form|input)\b|background-url|url\(|@import|utm_|https?:/i.exec(
          text,
        )?.[0] ?? null,
      ]).toEqual([relative(VIEWS, path), null]);
      const targets = [...text.matchAll(/\b(?:href|src)=(["'])(.*?)\1/g)].map(
        ([, , target]) => target,
      );
      expect([
        relative(VIEWS, path),
        targets.filter((target) => !/^\{\{[\w.@/]+\}\}(\/login)?$/.test(target ?? '')),
      ]).toEqual([relative(VIEWS, path), []]);
    }
  });

  it('have a token in every form that posts', () => {
    const wrong = pages.filter((path) => {
      const forms = readFileSync(path, 'utf8')
        .split(/<form/)
        .slice(1)
        .filter((form) => /method="post"/.test(form.split('>')[0] ?? ''));
      return forms.some((form) => !(form.split('</form>')[0] ?? '').includes('{{> csrf}}'));
    });
    expect(wrong.map((path) => relative(VIEWS, path))).toEqual([]);
  });

  it('leave unescaped only what was sanitised or drawn here', () => {
    const raw = new Set(
      pages.flatMap((path) =>
        [...readFileSync(path, 'utf8').matchAll(/\{\{\{([^}]+)\}\}\}/g)].map(([, name]) =>
          (name ?? '').trim(),
        ),
      ),
    );
    expect([...raw].sort()).toEqual([
      '@page.viewer.avatar',
      'about.welcome.bodyHtml',
      'avatar',
      'body',
      'bodyHtml',
      'svg',
    ]);
  });
});

describe('messages', () => {
  it('are in English for every key the code names', () => {
    const namespaces = new Set(messages.keys('en').map((key) => key.split('.')[0]));
    const sources = files(resolve('src'), '.ts').filter((path) => !path.includes('spec.ts'));
    const missing = sources.flatMap((path) =>
      [
        ...readFileSync(path, 'utf8').matchAll(
          /(?:words\.t\(|Key: |NotFound\(|Forbidden\(|Conflict\(|FieldError\('[^']+', |message: |seeOther\([^,()]+(?:\([^)]*\))?, )'([a-z]+\.[a-z0-9.-]+)'/gi,
        ),
      ]
        .map(([, key]) => key ?? '')
        .filter((key) => namespaces.has(key.split('.')[0]) && !messages.has(key)),
    );
    expect(missing).toEqual([]);
  });

  it('in other languages have the keys of English, no more and no fewer', () => {
    expect(messages.locales).toContain('en');
    for (const locale of messages.locales)
      expect([locale, messages.keys(locale).sort()]).toEqual([locale, messages.keys('en').sort()]);
  });

  it('in other languages take what English takes', () => {
    const takes = (locale: string, key: string): string[] =>
      [
        ...argumentsOf(
          new IntlMessageFormat(messages.raw(locale, key), locale, undefined, {
            ignoreTag: true,
          }).getAst(),
        ),
      ].sort();
    for (const locale of messages.locales) {
      for (const key of messages.keys(locale))
        expect([locale, key, takes(locale, key)]).toEqual([locale, key, takes('en', key)]);
    }
  });

  it('are all sound', () => {
    for (const locale of messages.locales) {
      for (const key of messages.keys(locale)) {
        const numbers = {
          count: 2,
          page: 1,
          last: 2,
          from: 1,
          to: 2,
          number: 1,
          minutes: 3,
          age: 18,
        };
        const filled = new Proxy(
          {},
          {
            get: (_, name) => (name in numbers ? numbers[name as keyof typeof numbers] : 'x'),
            has: () => true,
          },
        );
        expect(() => messages.text(locale, key, filled)).not.toThrow();
      }
    }
  });

  it('shout at nobody', () => {
    const loud = messages.keys('en').filter((key) => messages.raw('en', key).includes('!'));
    expect(loud).toEqual([]);
  });
});

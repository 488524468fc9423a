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

// The parser's numbers for literal text and for the # of a plural, the only parts without
// arguments.
const TAKES_NOTHING = [0, 7];

/** The argument names of a message, including those in plural forms. */
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
      'author.avatar',
      'avatar',
      'body',
      'bodyHtml',
      // The cached part of a post: its template, prepared except for `bodyHtml`
      // (posts/post-fragments.ts).
      'filled this',
      // An item of a list in memory, made by its template (threads/thread-items.ts).
      'renderedItem',
      'svg',
    ]);
  });
});

/** The argument names of a message, sorted. */
function argumentsIn(text: string, locale: string): string[] {
  const ast = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }).getAst();
  return [...argumentsOf(ast)].sort();
}

const takes = (locale: string, key: string): string[] =>
  argumentsIn(messages.raw(locale, key), locale);

/**
 * Places in code that refer to a message: translations, errors, invalid fields, notices of
 * redirects.
 */
const NAMES_A_KEY = new RegExp(
  `(?:${[
    /\.t\(/,
    /Key: /,
    /(?:NotFound|Forbidden|Conflict)\(/,
    /FieldError\(\s*'[^']+',/,
    /message: /,
    /seeOther\([^,()]+(?:\([^)]*\))?,/,
  ]
    .map(({ source }) => source)
    .join('|')})\\s*'([a-z]+\\.[a-z0-9.-]+)'`,
  'gi',
);

describe('messages', () => {
  it('are in English for every key the code names', () => {
    const namespaces = new Set(messages.keys('en').map((key) => key.split('.')[0]));
    const sources = files(resolve('src'), '.ts').filter((path) => !path.includes('spec.ts'));
    const named = sources
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(NAMES_A_KEY)])
      .map(([, key]) => key ?? '')
      .filter((key) => namespaces.has(key.split('.')[0]));
    expect(named.length).toBeGreaterThan(800);
    expect(named.filter((key) => !messages.has(key))).toEqual([]);
  });

  const others = messages.locales.filter((locale) => locale !== 'en');
  const isWhole = (locale: string): boolean => messages.coverageOf(locale)?.whole === true;

  it('are there in English and in other languages', () => {
    expect(messages.locales).toContain('en');
    expect(messages.keys('en').length).toBeGreaterThan(500);
    expect(others.filter(isWhole)).not.toEqual([]);
    expect(others.filter((locale) => !isWhole(locale))).not.toEqual([]);
  });

  describe.each(others)('in %s', (locale) => {
    it('have the keys of English, so that no page mixes languages', () => {
      const missing = messages.keys('en').filter((key) => !messages.has(key, locale));
      // mail/mail-previews.spec.ts and journeys/languages check the gaps of partial languages.
      if (isWhole(locale)) expect(missing).toEqual([]);
      else expect(missing.length).toBeGreaterThan(0);
      expect(messages.keys(locale).filter((key) => !messages.has(key))).toEqual([]);
    });

    it('take the arguments of English', () => {
      for (const key of messages.keys(locale))
        expect([key, takes(locale, key)]).toEqual([key, takes('en', key)]);
    });

    it('name the numbers of English: a limit, a time, a day', () => {
      const numbers = (text: string): string[] =>
        [...new Set(text.replace(/=\d+|(?<=\d)\s(?=\d{3}\b)/g, '').match(/\d[\d.,]*\d|\d/g) ?? [])]
          .map((number) => number.replace(/[.,]/g, ''))
          .sort();
      for (const key of messages.keys(locale).filter((each) => !each.startsWith('helplines.note.')))
        expect([key, numbers(messages.raw(locale, key))]).toEqual([
          key,
          numbers(messages.raw('en', key)),
        ]);
    });

    it('are translated, but for names and signs', () => {
      const same = messages.keys(locale).filter((key) => {
        const text = messages.raw(locale, key);
        return text === messages.raw('en', key) && text.split(/\s+/).length > 3;
      });
      expect(same).toEqual([]);
    });
  });

  it('call a thread by one word in Spanish', () => {
    const others = messages.keys('es').filter((key) => /\bhilos?\b/i.test(messages.raw('es', key)));
    expect(others).toEqual([]);
  });

  it('of one language that take something else than those of another are told apart', () => {
    const parts = (text: string): string[] => argumentsIn(text, 'en');
    expect(parts('{count, plural, one {# reply to {name}} other {# replies}}')).toEqual([
      'count',
      'name',
    ]);
    expect(parts('Replies')).toEqual([]);
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
    const loud = messages.locales.flatMap((locale) =>
      messages.keys(locale).filter((key) => /[!¡]/.test(messages.raw(locale, key))),
    );
    expect(loud).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Messages } from '../src/i18n/messages.js';
import { AVOIDED, AVOIDED_ELSEWHERE } from './support/plain-english.js';

const MAIL = 'views/mail';

/** The literal text of an email template, without tags, styles, comments and expressions. */
function fixedText(template: string): string {
  return template
    .replaceAll(/<!--.*?-->|<mj-style[^>]*>.*?<\/mj-style>|<mj-raw>.*?<\/mj-raw>/gs, ' ')
    .replaceAll(/\{\{.*?\}\}|<[^>]*>/gs, ' ');
}

/** The text of a message, without parameter names. */
function spoken(message: string): string {
  return message.replaceAll(/\{\s*\w+\s*(?:,\s*(?:plural|select|number)\s*,?)?/g, ' § ');
}

const files = new Messages();
const messages = files.keys('en').map((key): [string, string] => [key, files.raw('en', key)]);
const mails = readdirSync(MAIL).map((file): [string, string] => [
  file,
  fixedText(readFileSync(join(MAIL, file), 'utf8')),
]);
/** Data of this version that is displayed verbatim: the entries of "Help elsewhere". */
const entries = (
  JSON.parse(readFileSync('src/resources/resources.json', 'utf8')) as { summary: string }[]
).map(({ summary }): [string, string] => [`resources: ${summary}`, summary]);
const texts = [
  ...messages.map(([key, text]): [string, string] => [key, spoken(text)]),
  ...mails,
  ...entries,
];

describe('what people read', () => {
  it('is all read', () => {
    expect(messages.length).toBeGreaterThan(3_000);
    expect(mails.length).toBeGreaterThan(20);
    expect(entries.length).toBeGreaterThan(40);
  });

  it.each(AVOIDED)('says $better, not $pattern', ({ pattern, example, except = {} }) => {
    expect(example).toMatch(pattern);
    const found = texts.filter(([, text]) => pattern.test(text));
    expect(found.filter(([key]) => !(key in except))).toEqual([]);
  });

  it('needs each exception that is named', () => {
    const idle = AVOIDED.flatMap(({ pattern, except = {} }) =>
      Object.keys(except).filter(
        (name) => !texts.some(([key, text]) => key === name && pattern.test(text)),
      ),
    );
    expect(idle).toEqual([]);
  });
});

describe.each(Object.entries(AVOIDED_ELSEWHERE))('what people read in %s', (locale, avoided) => {
  const said = files
    .keys(locale)
    .map((key): [string, string] => [key, spoken(files.raw(locale, key))]);

  it('is all read', () => {
    expect(said.length).toBeGreaterThan(200);
  });

  it.each(avoided)('says $better, not $pattern', ({ pattern, example, except = {} }) => {
    expect(example).toMatch(pattern);
    const found = said.filter(([, text]) => pattern.test(text));
    expect(found.filter(([key]) => !(key in except))).toEqual([]);
    for (const key of Object.keys(except)) expect(found.map(([name]) => name)).toContain(key);
  });
});

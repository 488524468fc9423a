import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Handlebars from 'handlebars';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { readConfig } from '../kernel/config.js';
import { VIEWS } from '../kernel/paths.js';
import { Assets } from '../rendering/assets.js';
import { Templates } from '../rendering/templates.js';
import { Envelopes } from './envelopes.js';
import { mailFixtures } from './mail-preview-fixtures.js';
import { mailContentPolicy, MailPreviews, inDarkMode } from './mail-previews.js';
import { MailTemplates } from './mail-templates.js';

const BASE = 'https://boat.example';
const config = readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40), BASE_URL: BASE });
const messages = new Messages();
const i18n = new Translator(messages, 'en', new Date('2026-06-01T12:00:00Z'));
const fixtures = mailFixtures(i18n, BASE);
const envelopes = new Envelopes(
  config,
  messages,
  new MailTemplates(new Templates(messages, new Assets())),
);
const previews = new MailPreviews(config, envelopes);

/** The view fields that a template reads, including nested ones. */
function fieldsOf(template: string): string[] {
  const fields = new Set<string>();
  class Reader extends Handlebars.Visitor {
    // Partials are the same for every email.
    override PartialStatement(): void {}

    override PathExpression(path: hbs.AST.PathExpression): void {
      const [first] = path.parts;
      if (!path.data && first !== undefined) fields.add(first);
    }
  }
  for (const ending of ['.txt.hbs', '.mjml'])
    new Reader().accept(
      Handlebars.parse(readFileSync(join(VIEWS, 'mail', `${template}${ending}`), 'utf8')),
    );
  // Without helpers and what the envelope adds.
  return [...fields].filter((name) => !['t', 'if', 'each', 'leave'].includes(name));
}

/** The names of all non-empty fields within a view. */
function filled(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(filled);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    each === false || each === '' || (Array.isArray(each) && each.length === 0)
      ? []
      : [name, ...filled(each)],
  );
}

describe('mail previews', () => {
  it('have a fixture for every template, each under a unique name', () => {
    expect([...new Set(fixtures.map(({ template }) => template))].sort()).toEqual(
      MailTemplates.names,
    );
    expect(new Set(fixtures.map(({ name }) => name)).size).toBe(fixtures.length);
  });

  it.each(MailTemplates.names)('show every part of %s', (template) => {
    const shown = fixtures
      .filter((each) => each.template === template)
      .flatMap(({ view }) => filled(view));
    expect(fieldsOf(template).filter((field) => !shown.includes(field))).toEqual([]);
  });

  it('have a label for every fixture', () => {
    for (const { name } of fixtures)
      expect([name, messages.has(`administration.previews.kind.${name}`)]).toEqual([name, true]);
  });

  it('show an email as it appears in a mailbox', async () => {
    expect(await previews.find('notice-content', i18n)).toMatchObject({
      sender: 'Messages',
      subject: 'You have a message',
      preview: expect.stringMatching(/^Read it when it suits you\. Hello,/),
    });
    expect(await previews.find('alarm-now', i18n)).toMatchObject({
      subject: 'Please look now',
      preview: expect.stringMatching(/^Open it now\./),
    });
    expect(await previews.find('nothing', i18n)).toBeNull();
  });

  it('do not reveal their subject before they are opened', async () => {
    const subjects = new Set(
      (await previews.all(i18n))
        .filter(({ name }) => /^(notice|digest|reply|goodbye)/.test(name))
        .map(({ sender, subject }) => `${sender}: ${subject}`),
    );
    expect([...subjects]).toEqual(['Messages: You have a message']);
  });

  it('can be shown in dark mode on a light screen', async () => {
    for (const { name, html } of await previews.all(i18n)) {
      expect([name, html]).toEqual([name, expect.stringContaining('prefers-color-scheme: dark')]);
      const dark = inDarkMode(html);
      expect(dark).not.toMatch(/prefers-color-scheme|light dark/);
      expect(dark).toContain('@media (min-width: 0)');
      expect(mailContentPolicy(dark)).not.toBe(mailContentPolicy(html));
    }
  });

  it("allow only an email's own styles", async () => {
    const preview = await previews.find('digest-content', i18n);
    const policy = mailContentPolicy(preview?.html ?? '');
    expect(policy).toMatch(/style-src-elem 'sha256-[\w+/=]+'/);
    for (const type of ['script', 'img', 'font', 'connect', 'frame', 'object'])
      expect(policy).toContain(`${type}-src 'none'`);
    expect(policy).not.toMatch(/unsafe|\*|default-src/);
    expect(mailContentPolicy('<p></p>')).toContain("style-src-elem 'none'");
  });
});

const MAY_SAY =
  /^(mail|time)\.|^digests\.(group\.|untitled$|noted$)|^notifications\.(kind|folded)\.|^posts\.(author|note)\./;

describe('emails in another language', () => {
  const locales = messages.locales.filter((each) => messages.coverageOf(each)?.mails === true);
  const named = readdirSync(join(VIEWS, 'mail')).flatMap((file) =>
    [...readFileSync(join(VIEWS, 'mail', file), 'utf8').matchAll(/\bt "([^"]+)"/g)].map(
      ([, key]) => key ?? '',
    ),
  );
  const said = [...named, ...messages.keys('en').filter((key) => MAY_SAY.test(key))];

  it.each(locales)('%s: translate every message', async (locale) => {
    expect(said.length).toBeGreaterThan(150);
    expect(said.filter((key) => !messages.has(key, locale))).toEqual([]);
    const words = new Translator(messages, locale, new Date('2026-06-01T12:00:00Z'));
    expect((await previews.find('test-mail', words))?.html).toContain(`lang="${locale}"`);
    expect(mailFixtures(words, BASE).length).toBe(fixtures.length);
  });

  it('are in English for an unsupported language', async () => {
    const { subject } = await envelopes.of({
      key: 'x',
      kind: 'account',
      memberId: null,
      to: 'reader@example.org',
      locale: 'tlh',
      template: 'test-mail',
      view: { home: BASE },
    });
    expect(subject).toBe('A test');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { helplineNames } from '../../src/helplines/helplines.js';
import { Messages } from '../../src/i18n/messages.js';
import { MailSettings } from '../../src/notifications/preferences/mail-settings.service.js';
import { UnsubscribeTokens } from '../../src/notifications/preferences/unsubscribe-tokens.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Answer, type Browser } from '../support/browser.js';

/** The texts of a page: between two tags, and in attributes that are shown or read out. */
function pieces(html: string): string[] {
  const body = html
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<(\w+)[^>]*\slang="[^"]*"[^>]*>[^<]*<\/\1>/g, ' ');
  const read = [...body.matchAll(/\b(?:aria-label|title|placeholder)="([^"]*)"/g)].map(
    ([, text]) => text ?? '',
  );
  return [...body.replace(/<[^>]+>/g, '\n').split('\n'), ...read]
    .map((text) => text.trim())
    .filter((text) => text.split(/\s+/).length > 3);
}

const asking = (language: string): Record<string, string> => ({ 'accept-language': language });

describe('the languages of the site', () => {
  let site: TestApp;
  let guest: Browser;
  let member: Browser;
  /** The keys that were looked up in German and are missing. */
  const missing = new Set<string>();

  beforeAll(async () => {
    site = await testApp({ workers: false });
    const messages = site.app.get(Messages);
    const note = (locale: string, key: string): void => {
      if (!messages.has(key, locale)) missing.add(`${locale} ${key}`);
    };
    const text = messages.text.bind(messages);
    const fixed = messages.fixed.bind(messages);
    messages.text = (locale, key, params) => {
      note(locale, key);
      return text(locale, key, params);
    };
    messages.fixed = (locale, key) => {
      note(locale, key);
      return fixed(locale, key);
    };
    guest = site.browser();
    member = await site.member('reader');
  });
  afterAll(() => site.close());

  const expectComplete = (answer: Answer, language: string): void => {
    expect([...missing]).toEqual([]);
    expect(answer.html).toContain(`<html lang="${language}"`);
    expect(answer.headers.get('content-language')).toBe(language);
  };

  it.each([
    '/help-now',
    '/help-now?country=GB',
    '/help-now?country=US&topic=abuse',
    '/help-now?country=FI',
    '/help-now?country=GN',
    '/help-now?country=XX',
    '/keep',
    '/keep/help',
    '/keep/help?own=on',
    '/leaving-quickly',
    '/display',
    '/unsubscribe/nothing',
  ])('German translates %s completely, for guests and members', async (path) => {
    for (const reader of [guest, member])
      expectComplete(await reader.get(path, asking('de-AT,en')), 'de');
  });

  it('German translates every error completely', async () => {
    const german = asking('de');
    const typed = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const [status, answer] of [
      [404, await guest.get('/nowhere', german)],
      [404, await member.get('/t/999999', german)],
      [405, await guest.get('/logout', german)],
      [403, await guest.postRaw('/display', 'body=Meine+Worte', { ...typed, ...german })],
      [415, await guest.postRaw('/display', 'x', { 'content-type': 'image/png', ...german })],
    ] as const) {
      expect(answer.status).toBe(status);
      expectComplete(answer, 'de');
    }
    // Also cover errors that no request here provokes, such as 500, and those without a page.
    const messages = site.app.get(Messages);
    const said = messages.keys('en').filter((key) => key.startsWith('errors.'));
    expect(said.length).toBeGreaterThan(40);
    expect(said.filter((key) => !messages.has(key, 'de'))).toEqual([]);
  });

  it('German translates the page behind a link in its emails, and its outcome', async () => {
    const settings = site.app.get(MailSettings, { strict: false });
    const memberId = await site.make.member('asked');
    await settings.answerSafe(memberId, 'yes');
    const [{ seed }] = (await site.make.rows(
      'select seed from mail_settings where member_id = $1',
      [memberId],
    )) as [{ seed: string }];
    const tokens = site.app.get(UnsubscribeTokens, { strict: false });
    const [token] = await tokens.make([{ memberId, seed, scope: 'reply' }]);
    const path = `/unsubscribe/${token ?? ''}`;
    const browser = site.browser();
    browser.setCookie('locale', 'de');
    expectComplete(await browser.get(path), 'de');
    for (const choice of ['pause', 'all']) {
      await browser.postRaw(path, `choice=${choice}`);
      expectComplete(await browser.get(path), 'de');
    }
  });

  it('a page that German lacks is entirely in the next language', async () => {
    for (const [asked, language] of [
      ['de', 'en'],
      ['de, es;q=0.5', 'es'],
    ] as const)
      for (const path of ['/', '/communities', '/login'])
        expectComplete(await guest.get(path, asking(asked)), language);
    // German does not have this page: a guest gets the log-in prompt in English.
    expectComplete(await guest.get('/settings/profile', asking('de')), 'en');
  });

  it('a member chooses a language once, for every device and for emails', async () => {
    const reader = await site.member('waehlerin');
    const page = await reader.get('/display');
    expect(page.html).toContain(
      '<option value="de" lang="de">Deutsch (E-Mails und Hilfe)</option>',
    );
    expect(page.html).toContain('<option value="es" lang="es">Español</option>');
    const saved = await reader.post('/display', { locale: 'de', scheme: 'auto' });
    const after = await reader.follow(saved);
    expectComplete(after, 'de');
    expect(textOf(after.html)).toContain('In diesem Browser gespeichert.');
    expect(after.html).toContain('<option value="de" lang="de" selected>');
    const elsewhere = await site.as('waehlerin');
    expectComplete(await elsewhere.get('/help-now'), 'de');
    expectComplete(await elsewhere.get('/'), 'en');
    // The confirmation shows on a page that German lacks, so it is in English.
    const quiet = await elsewhere.post('/settings/profile', { about: '' }, '/settings/profile');
    expect(quiet.status).toBe(303);
    expectComplete(await elsewhere.get('/help-now'), 'en');
    expectComplete(await elsewhere.get('/help-now'), 'de');
  });

  it('a new member gets mail in the language of their browser', async () => {
    const joins = site.browser();
    const token = await joins.token('/signup');
    const sent = await joins.postRaw(
      '/signup',
      new URLSearchParams({
        _csrf: token,
        handle: 'stille-see',
        email: 'see@example.org',
        password: 'ein Boot liegt still am Steg',
        ageConfirmed: 'on',
        guidelinesAccepted: 'on',
        mailSafe: 'yes',
      }).toString(),
      { ...asking('de, en;q=0.5') },
    );
    expect(sent.status).toBe(303);
    const rows = await site.make.rows(`select locale from members where handle = 'stille-see'`);
    expect(rows).toEqual([{ locale: 'de' }]);
  });

  it.each([
    '/',
    '/about',
    '/privacy',
    '/guidelines',
    '/guidelines?easy',
    '/help-now?country=GB',
    '/help-now?country=IE',
    '/leaving-quickly',
    '/display',
    '/keep',
    '/communities',
    '/find',
    '/strategies',
    '/resources',
    '/search',
    '/transparency',
    '/login',
    '/signup',
    '/forgot',
    '/report-illegal',
    '/nowhere',
  ])('no English is left on the Spanish %s', async (path) => {
    const reader = site.browser();
    const spanish = pieces((await reader.get(path, asking('es'))).html);
    const english = new Set(pieces((await reader.get(path, asking('en'))).html));
    for (const name of helplineNames()) english.delete(name);
    expect(spanish.length).toBeGreaterThan(5);
    expect(spanish.filter((text) => english.has(text))).toEqual([]);
  });

  it('a post in a language other than the reader’s is labelled', async () => {
    await site.make.community({ slug: 'harbour' });
    await site.make.join('writes', 'harbour');
    const writer = await site.as('writes');
    const answer = await writer.post(
      '/c/harbour/threads',
      {
        title: 'Tres noches',
        body: 'Llevo tres noches sin dormir y no sé con quién hablar de esto.',
        kind: 'support',
        replyWish: 'listen',
        guidelinesAcknowledged: 'on',
      },
      '/c/harbour/new',
    );
    expect(answer.status).toBe(303);
    const thread = answer.location?.replace(/[?#].*$/, '') ?? '';
    const english = (await guest.get(thread, asking('en'))).html;
    expect(textOf(english)).toContain('in Spanish');
    expect(english).toContain('<div dir="auto" lang="es"><p>Llevo tres noches');
    expect(english).toContain('<h1 dir="auto" lang="es">Tres noches</h1>');
    const spanish = (await guest.get(thread, asking('es'))).html;
    expect(textOf(spanish)).not.toContain('en español');
    expect(spanish).toContain('<div dir="auto"><p>Llevo tres noches');
    // The same post in another language, now from the render cache.
    expect((await guest.get(thread, asking('en'))).html).toContain('lang="es"><p>Llevo');
    const list = (await guest.get('/c/harbour', asking('en'))).html;
    expect(list).toContain('dir="auto" lang="es"><a');
    expect(textOf(list)).toContain('in Spanish');
    const post = await site.make.post.opening(/\d+/.exec(thread)?.[0] ?? '');
    // The opening has a case for a moderator who reads Spanish (see the tests of screening).
    const [found] = (await site.make.rows('select id from review_cases where post_id = $1', [
      post,
    ])) as [{ id: string }];
    await site.make.member('keeper', { role: 'admin' });
    const moderator = await site.as('keeper');
    const page = (await moderator.get(`/mod/cases/${found.id}`, asking('en'))).html;
    expect(textOf(page)).toContain('Language Spanish');
    expect(page).toContain('<h3 dir="auto" lang="es">Tres noches</h3>');
  });

  it('a cacheable page sends the matching Vary header', async () => {
    const { headers } = await site.browser().get('/help-now', asking('es'));
    expect(headers.get('cache-control')).toContain('public');
    expect(headers.get('vary')).toMatch(/Cookie, Accept-Language/);
    expect(headers.get('content-language')).toBe('es');
  });
});

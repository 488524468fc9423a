import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDiscourse } from '../../src/import/discourse.js';
import { runImport } from '../../src/import/run-import.js';
import { Messages } from '../../src/i18n/messages.js';
import { testApp, type TestApp } from '../support/app.js';
import type { Browser } from '../support/browser.js';

const PASSWORD = 'four plain words here';

describe('an account from another forum', () => {
  let site: TestApp;
  let thread: string;

  beforeAll(async () => {
    site = await testApp();
    await runImport(
      site.config.directUrl,
      {
        ...{ source: 'discourse', open: openDiscourse, communities: ['everyday'], origin: 'old' },
        ...{ file: 'test/fixtures/import/discourse.sql', language: null, dryRun: false },
        losses: null,
      },
      new Messages(),
      () => undefined,
    );
    thread = (
      await site.make.all<{ id: string }>(
        `select id from threads where title = 'A kettle that sings'`,
      )
    )[0]?.id as string;
  });
  afterAll(() => site.close());

  const claim = async (email: string): Promise<Browser> => {
    const browser = site.browser();
    await browser.post('/forgot', { email }, '/forgot');
    const { text } = await site.post.next(email);
    const [link = ''] = /\/reset\/[\w-]+/.exec(text) ?? [];
    expect((await browser.post(link, { password: PASSWORD }, link)).location).toBe('/login');
    expect((await browser.post('/login', { email, password: PASSWORD }, '/login')).status).toBe(
      303,
    );
    return browser;
  };

  it('is told of to nobody, and shown to nobody', async () => {
    for (const email of ['mo@posts.example', 'lantern@posts.example'])
      expect(site.post.to(email)).toEqual([]);
    const other = await site.member('stranger');
    for (const browser of [site.browser(), other]) {
      expect((await browser.get(`/t/${thread}`)).status).toBe(404);
      expect((await browser.get('/c/everyday')).html).not.toContain('A kettle that sings');
    }
    expect((await other.get('/search?q=kettle')).html).not.toContain('A kettle that sings');
  });

  it('is claimed by the mail for forgotten passwords, with what was written under it', async () => {
    const browser = await claim('mo@posts.example');
    const page = (await browser.get(`/t/${thread}`)).html;
    expect(page).toContain('My <strong>kettle</strong> sings.');
    expect(page).not.toContain('@posts.example');
    expect((await browser.get('/search?q=kettle')).html).toContain('A kettle that sings');
    expect((await browser.get('/mine')).html).toContain('A kettle that sings');
  });

  it('is none for who was banned', async () => {
    for (const email of ['wild@posts.example', 'lantern@posts.example'])
      await site.browser().post('/forgot', { email }, '/forgot');
    await site.post.next('lantern@posts.example');
    expect(site.post.to('wild@posts.example')).toEqual([]);
  });
});

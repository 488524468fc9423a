import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser as Chromium, type Page } from 'playwright-core';
import { testApp, type TestApp } from '../support/app.js';
import { axeFindings, launchChromium } from '../support/chromium.js';

describe('strategies in Chromium', () => {
  let site: TestApp;
  let browser: Chromium;
  let thread: string;
  let post: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.member('keeper', { role: 'admin' });
    await site.make.community({ slug: 'here' });
    await site.make.join('sav', 'here');
    thread = await site.make.thread({ community: 'here' });
    await site.make.strategy({ slug: 'warm-cup', name: 'A warm cup', minutes: 4, needs: ['numb'] });
    await site.make.strategy({
      slug: 'slow-walk',
      name: 'A slow walk',
      minutes: 20,
      needs: ['low'],
    });
    await site.make.strategy({ slug: 'waiting', author: 'sav', status: 'proposed' });
    post = await site.make.reply({ thread, author: 'sav', body: 'I feel low.' });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  const keeping = [
    '/admin/strategies',
    '/admin/strategies/warm-cup',
    '/admin/strategies/import',
    '/mod/strategies',
    '/mod/strategies/waiting',
  ];
  const own = (): string[] => [
    '/strategies?need=low&q=walk',
    '/strategies/warm-cup/print',
    '/strategies/pick?need=low',
    '/strategies/new',
    '/strategies/mine',
    '/strategies/hidden',
    '/strategies/waiting/edit',
    `/posts/${post}/strategies`,
    `/posts/${post}/make-strategy`,
  ];

  async function open(wishes: {
    as?: string;
    script: boolean;
    width?: number;
    bypassCSP?: boolean;
  }): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: wishes.width ?? 360, height: 800 },
      javaScriptEnabled: wishes.script,
      bypassCSP: wishes.bypassCSP ?? false,
      locale: 'en-GB',
    });
    if (wishes.as !== undefined)
      await context.addCookies([
        { name: 'session', value: await site.make.session(wishes.as), url: site.url },
      ]);
    return context.newPage();
  }

  it.each([true, false])(
    'somebody in distress has one thing to try in two taps (script: %s)',
    async (script) => {
      const page = await open({ script });
      await page.goto(`${site.url}/strategies`);
      await page.getByRole('link', { name: 'Pick one for me' }).click();
      await page
        .getByLabel('What is hard right now?')
        .selectOption({ label: 'Feeling numb or far away' });
      await page.getByLabel('How long do you have?').selectOption({ label: '5 minutes or less' });
      await page.getByRole('button', { name: 'Pick one' }).click();
      expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toBe(
        'A warm cup',
      );
      await page.context().close();
    },
  );

  it.each([true, false])(
    'a reply is posted with an attached strategy (script: %s)',
    async (script) => {
      const page = await open({ as: 'sav', script });
      await page.goto(`${site.url}/t/${thread}`);
      await page.getByLabel('Your reply').fill('When I feel numb I hold something warm.');
      await page.locator('.more-ways > summary', { hasText: 'Save it' }).click();
      await page.getByRole('button', { name: 'Find strategies for this' }).click();
      await page.getByLabel('A warm cup').check();
      await page.getByRole('button', { name: 'Post reply' }).click();
      await page.waitForURL(/#post-\d+$/);
      expect(await page.locator('.post').last().locator('a.tag').textContent()).toBe('A warm cup');
      await page.context().close();
    },
  );

  it('prints one card on one page', async () => {
    const page = await open({ script: false, width: 1_000 });
    await page.goto(`${site.url}/strategies/warm-cup/print`);
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBe(1);
    await page.context().close();
  });

  it.each([
    ['keeper', 320],
    ['keeper', 1_280],
    ['sav', 320],
    ['sav', 1_280],
  ])('the pages of %s fit, and axe finds no faults, at %s px', async (as, width) => {
    const page = await open({ as, script: true, width, bypassCSP: true });
    for (const path of as === 'keeper' ? keeping : own()) {
      await page.goto(`${site.url}${path}`);
      expect([
        path,
        await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
      ]).toEqual([path, true]);
      expect([path, await axeFindings(page)]).toEqual([path, []]);
    }
    await page.context().close();
  });
});

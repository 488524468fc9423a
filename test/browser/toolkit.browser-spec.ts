import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser as Chromium, type BrowserContext, type Page } from 'playwright-core';
import { testApp, type TestApp } from '../support/app.js';
import { axeFindings, launchChromium } from '../support/chromium.js';

const TOO_WIDE = `document.documentElement.scrollWidth <= innerWidth
  ? ''
  : [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth)
      .map((one) => one.outerHTML.slice(0, 80))
      .join()`;
const SMALL = `[...document.querySelectorAll(
  'main button, main .button, main select, main input:not([type=hidden]):not([type=checkbox])',
)]
  .filter((one) => one.offsetParent !== null && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 80))
  .join()`;

describe('the toolkit in Chromium', () => {
  let site: TestApp;
  let browser: Chromium;
  let pages: string[];

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.member('sav');
    await site.make.strategy({
      slug: 'cold-water',
      name: 'Cold water on the wrists, the long name of a strategy',
    });
    await site.make.community({ slug: 'here' });
    const story = await site.make.thread({
      community: 'here',
      author: 'sav',
      title: 'Nine months on a list',
    });
    await site.make.rows(`update threads set kind = 'experience' where id = $1`, [story]);
    const sav = await site.as('sav');
    await sav.post('/strategies/cold-water/save', { note: 'Behind the door.' });
    await sav.post('/toolkit/items', {
      name: 'Tea',
      steps: 'Boil water\nSit down',
      newCollection: 'At night',
    });
    await sav.post('/toolkit/card', { people: 'Sam 020 7946 0000', reasons: 'My cat' });
    for (const level of ['2', '7'])
      await sav.post('/toolkit/check-ins', { level, word: 'a word', note: 'A note.' });
    await sav.post('/strategies/cold-water/check-ins', { before: '2', after: '6' });
    const sheet = await sav.post('/toolkit/sheets', { wish: 'To sleep', title: 'First visit' });
    await sav.post('/toolkit/shares', { what: 'card', days: '7' });
    await sav.post(`/bridge/stories/${story}`, { step: 'waiting' });
    // A plan at its limits: six lines per part, 450 characters, eight items with long names.
    const part = Array.from(
      { length: 6 },
      (_, n) => `${n} words that fill a line up to its end, and on to the next line of the page`,
    )
      .join('\n')
      .slice(0, 450);
    for (let n = 0; n < 8; n += 1)
      await sav.post('/toolkit/items', {
        name: `Thing ${n} with a name that is as long as the name of a thing may be, in all`,
        steps: 'One',
      });
    const kit = [...(await sav.get('/toolkit')).html.matchAll(/id="item-(\d+)/g)].map(
      ([, id]) => id ?? '',
    );
    const item = kit[0] ?? '';
    expect(
      (
        await sav.post('/toolkit/plan', {
          signs: part,
          alone: part,
          places: part,
          people: part,
          professionals: part,
          safer: part,
          reasons: part,
          items: kit.slice(-8),
        })
      ).status,
    ).toBe(303);
    const shared = new URL(
      /value="(http[^"]+\/shared\/[\w-]{43})"/.exec((await sav.get('/toolkit/shares')).html)?.[1] ??
        '',
    ).pathname;
    pages = [
      '/toolkit',
      `/toolkit/items/${item}`,
      '/toolkit/items/new',
      '/toolkit/card',
      '/toolkit/plan',
      '/toolkit/plan/edit',
      '/toolkit/print',
      '/toolkit/progress',
      '/toolkit/settings',
      '/toolkit/take-out',
      '/toolkit/sheets',
      '/toolkit/sheets/new',
      sheet.location ?? '',
      '/toolkit/shares',
      shared,
      '/toolkit/use/cold-water',
      '/toolkit/use/cold-water?step=1',
      '/toolkit/use/cold-water?step=end',
      '/bridge?step=waiting',
      '/strategies/cold-water',
    ];
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  async function open(wishes: {
    width: number;
    script: boolean;
    dark?: boolean;
    bypassCSP?: boolean;
  }): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({
      viewport: { width: wishes.width, height: 900 },
      javaScriptEnabled: wishes.script,
      colorScheme: wishes.dark === true ? 'dark' : 'light',
      bypassCSP: wishes.bypassCSP ?? false,
      locale: 'en-GB',
    });
    await context.addCookies([
      { name: 'session', value: await site.make.session('sav'), url: site.url },
    ]);
    return { context, page: await context.newPage() };
  }

  it('fits a small screen with large tap targets, without script', async () => {
    const { context, page } = await open({ width: 320, script: false });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url)) faults.push(request.url());
    });
    for (const path of pages) {
      expect([path, (await page.goto(`${site.url}${path}`))?.status()]).toEqual([path, 200]);
      expect([path, await page.evaluate(TOO_WIDE), await page.evaluate(SMALL)]).toEqual([
        path,
        '',
        '',
      ]);
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  it.each([
    [360, true],
    [1280, false],
  ])('axe finds no faults at %i px (dark: %s)', async (width, dark) => {
    const { context, page } = await open({ width, script: true, dark, bypassCSP: true });
    for (const path of pages) {
      await page.goto(`${site.url}${path}`);
      expect([path, await page.evaluate(TOO_WIDE)]).toEqual([path, '']);
      expect([path, await axeFindings(page)]).toEqual([path, []]);
    }
    await context.close();
  });

  it.each([true, false])(
    'an item is saved, edited, used to its end and noted (script: %s)',
    async (script) => {
      const slug = `tried-${script ? 'with' : 'without'}`;
      await site.make.strategy({ slug, name: `Tried ${script ? 'with' : 'without'} script` });
      const { context, page } = await open({ width: 360, script });
      await page.goto(`${site.url}/strategies/${slug}`);
      await page.getByRole('button', { name: 'Save to my toolkit' }).click();
      await page.getByRole('link', { name: 'Use it' }).first().click();
      await page.getByRole('link', { name: 'Start' }).click();
      expect(await page.locator('.use__text').textContent()).toBe('One thing.');
      // A step is all there is on the first screen, apart from the two exits.
      expect(await page.locator('.menu').count()).toBe(0);
      expect(await page.getByRole('link', { name: 'Help now' }).first().isVisible()).toBe(true);
      const foot = await page.locator('.foot').boundingBox();
      expect(foot?.y).toBeGreaterThanOrEqual(page.viewportSize()?.height ?? NaN);
      expect(await page.getByRole('button', { name: 'Start a timer' }).count()).toBe(
        script ? 1 : 0,
      );
      await page.getByRole('link', { name: 'Next step' }).click();
      await page.getByRole('link', { name: 'Finish' }).click();
      await page.getByLabel('Before I started').selectOption('3');
      await page.getByLabel('Now', { exact: false }).first().selectOption('6');
      await page.getByRole('button', { name: 'Save this note' }).click();
      await page.waitForURL(/\/toolkit$/);
      const item = page.locator('.kit__item', { hasText: `Tried ${script ? 'with' : 'without'}` });
      await item.getByRole('button', { name: /^Move up/ }).click();
      await page.waitForURL(/#item-\d+$/);
      await context.close();
    },
  );

  it('a timer runs, and can be extended, hidden and stopped', async () => {
    const { context, page } = await open({ width: 360, script: true });
    await page.clock.install();
    await page.goto(`${site.url}/toolkit/use/cold-water?step=1`);
    await page.getByRole('button', { name: 'Start a timer' }).click();
    const left = page.locator('.timer p');
    expect(await left.textContent()).toBe('5:00 left');
    await page.getByRole('button', { name: 'One minute more' }).click();
    expect(await left.textContent()).toBe('6:00 left');
    await page.getByRole('button', { name: 'Hide the timer' }).click();
    expect(await left.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Show the timer' }).click();
    await page.clock.runFor(6 * 60_000 + 1_000);
    expect(await left.textContent()).toContain('Stay as long as you like.');
    expect(page.url()).toContain('step=1');
    await context.close();
  });

  it('the fullest plan prints on one page, and so does the emergency card', async () => {
    const { context, page } = await open({ width: 1280, script: true });
    const sheets = async (path: string): Promise<number> => {
      await page.goto(`${site.url}${path}`);
      const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
      return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    };
    expect(await sheets('/toolkit/plan')).toBe(1);
    expect(await sheets('/toolkit/print?only=card')).toBe(1);
    expect(await sheets('/toolkit/print')).toBeGreaterThan(0);
    await context.close();
  });
});

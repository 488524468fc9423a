import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser as Chromium, type Page } from 'playwright-core';
import { testApp, type TestApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';

/** Height in pixels of the first element that matches; 0 if it is not shown. */
const HEIGHT = (selector: string): string => `
  Math.round(document.querySelector('${selector}')?.getBoundingClientRect().height ?? 0)`;
/** The tab stops before the reply box. */
const STOPS_TO_REPLY = `(() => {
  const stops = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]',
  )].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  return stops.indexOf(document.querySelector('#reply textarea'));
})()`;
/**
 * Pairs of stacked neighbours that touch although one of them is a component: a form, a list of
 * links, a table, a notice, a control. Lines of text may touch.
 */
const TOUCHING = `(() => {
  const PART = 'form, nav, table, details, fieldset, article, .notice, .tags, .tabs, .threads, ' +
    '.cards, .button, .actions, .empty, .help-lines, .stamp, .own-card, .field, .pagination, ' +
    '.table-wrap, .emergency, .choices';
  const FLOWS = '.page, .page section, .page form, .page article, .page .column, .page .aside, ' +
    '.page .columns > *, .page .fold__body, .page .notice, .page .stack, .page .page-head';
  const shown = (one) => one.checkVisibility() && one.getBoundingClientRect().height > 1 &&
    getComputedStyle(one).position !== 'absolute';
  const touching = [];
  for (const flow of document.querySelectorAll(FLOWS)) {
    const parts = [...flow.children].filter(shown);
    for (const [n, part] of parts.entries()) {
      const before = parts[n - 1];
      if (before === undefined || !(part.matches(PART) || before.matches(PART))) continue;
      const gap = part.getBoundingClientRect().top - before.getBoundingClientRect().bottom;
      const beside = gap < -1;
      if (!beside && gap < 4)
        touching.push(before.outerHTML.slice(0, 90) + ' | ' + part.outerHTML.slice(0, 90));
    }
  }
  return touching;
})()`;
/** Fixed or sticky elements that cover text and do not span the full width of the screen. */
const FLOATING = `[...document.querySelectorAll('body *')].filter((one) => {
  const { position } = getComputedStyle(one);
  if (position !== 'fixed' && position !== 'sticky') return false;
  const box = one.getBoundingClientRect();
  return box.height > 0 && box.width < document.documentElement.clientWidth - 1;
}).map((one) => one.outerHTML.slice(0, 90))`;

describe('the layout of the site', () => {
  let site: TestApp;
  let browser: Chromium;
  let thread: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.member('reader', { role: 'moderator' });
    await site.make.community({ slug: 'here', topics: ['Work', 'Home'] });
    await site.make.join('reader', 'here', 'moderator');
    await site.make.member('member');
    await site.make.join('member', 'here');
    thread = await site.make.thread({ community: 'here', author: 'opener', title: 'A thread' });
    const words = 'I know that hour of the night. What helps me is a lamp, a chair and the radio. ';
    for (let n = 0; n < 14; n += 1)
      await site.make.reply({ thread, author: `writer-${n}`, body: words.repeat(3) });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  async function open(
    wishes: {
      width: number;
      height?: number;
      as?: string;
      script?: boolean;
      display?: string;
      locale?: string;
    },
    path = '/',
  ): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: wishes.width, height: wishes.height ?? 740 },
      javaScriptEnabled: wishes.script ?? true,
      locale: 'en-GB',
    });
    if (wishes.as !== undefined)
      await context.addCookies([
        { name: 'session', value: await site.make.session(wishes.as), url: site.url },
      ]);
    if (wishes.locale !== undefined)
      await context.addCookies([{ name: 'locale', value: wishes.locale, url: site.url }]);
    if (wishes.display !== undefined)
      await context.addCookies([{ name: 'display', value: wishes.display, url: site.url }]);
    const page = await context.newPage();
    await page.goto(`${site.url}${path}`);
    return page;
  }

  const number = async (page: Page, expression: string): Promise<number> =>
    (await page.evaluate(expression)) as number;

  it.each([true, false])(
    'keeps header and footer small on a phone (script: %s)',
    async (script) => {
      const page = await open({ width: 360, as: 'member', script });
      const header = `${HEIGHT('.masthead')} + ${HEIGHT('.exits')}`;
      expect(await number(page, header)).toBeLessThanOrEqual(120);
      expect(await number(page, HEIGHT('.foot'))).toBeLessThanOrEqual(400);
      await page.context().close();
      // Spanish words are longer, and a thread adds the link to the reply box.
      const spanish = await open(
        { width: 360, as: 'member', script, locale: 'es' },
        `/t/${thread}`,
      );
      expect(await number(spanish, header)).toBeLessThanOrEqual(120);
      expect(await number(spanish, HEIGHT('.foot'))).toBeLessThanOrEqual(400);
      await spanish.context().close();
      const large = await open({
        width: 360,
        as: 'reader',
        script,
        display: 'auto.larger.wide.calm',
      });
      expect(await number(large, header)).toBeLessThanOrEqual(740 / 4);
      await large.context().close();
    },
  );

  it('shows a thread of 15 posts in 8,500 pixels, the reply box 60 stops away', async () => {
    const page = await open({ width: 360, as: 'member' }, `/t/${thread}`);
    expect(await page.locator('.post').count()).toBe(15);
    expect(await number(page, 'document.documentElement.scrollHeight')).toBeLessThanOrEqual(8_500);
    expect(await number(page, STOPS_TO_REPLY)).toBeGreaterThan(0);
    expect(await number(page, STOPS_TO_REPLY)).toBeLessThanOrEqual(60);
    await page.context().close();
  });

  it.each([360, 1280])('links to the reply box in one press at %s pixels', async (width) => {
    const page = await open({ width, as: 'member' }, `/t/${thread}`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('href')).toBe('#reply');
    // The link stays in view while scrolling.
    const link = page.locator('.exits a[href="#reply"]');
    await page.locator('#post-8').scrollIntoViewIfNeeded();
    const box = await link.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeLessThan(60);
    await link.click();
    const reply = await page.locator('#reply').boundingBox();
    expect(reply?.y).toBeLessThan(740);
    await page.context().close();
  });

  it.each([true, false])('folds the remaining actions under More (script: %s)', async (script) => {
    const page = await open({ width: 360, as: 'member', script }, `/t/${thread}`);
    const post = page.locator(script ? '#post-3' : '#post-4');
    const back = new RegExp(`#post-${script ? 3 : 4}$`);
    expect(await post.getByRole('button', { name: 'Same boat' }).isVisible()).toBe(false);
    await post.locator('summary', { hasText: 'More' }).click();
    await post.getByRole('button', { name: 'Same boat' }).click();
    await page.waitForURL(back);
    expect(await post.textContent()).toMatch(/in the same boat/);
    await post.getByRole('button', { name: 'With you' }).click();
    await page.waitForLoadState();
    expect(await post.getByRole('button', { name: 'With you' }).getAttribute('aria-pressed')).toBe(
      'true',
    );
    await page.context().close();
  });

  it('shows a focused confirmation beside the action, and keeps the scroll position', async () => {
    const page = await open({ width: 360, as: 'member' }, `/t/${thread}`);
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await page.waitForURL(/#follow$/);
    const notice = page.locator('#follow [role=status]');
    await page.waitForFunction(`document.activeElement?.matches('#follow [role=status]')`);
    const box = await notice.boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect(box?.y).toBeLessThan(740);
    expect(await page.locator('.notice[role=status]').count()).toBe(1);
    await page.getByLabel('Your reply').fill('Me too.');
    await page.getByRole('button', { name: 'Post reply' }).click();
    await page.waitForURL(/#post-16$/);
    expect(await page.locator('#post-16 [role=status]').isVisible()).toBe(true);
    await page.context().close();
  });

  const pages = (): string[] => [
    '/',
    '/communities',
    '/c/here',
    '/c/here/new',
    `/t/${thread}`,
    '/strategies',
    '/strategies/pick',
    '/toolkit',
    '/search?q=thread',
    '/mine',
    '/notifications',
    '/settings/profile',
    '/settings/reading',
    '/settings/notifications',
    '/settings/privacy',
    '/settings/security',
    '/settings/data',
    '/resources',
    '/help-now',
    '/display',
    '/mod',
    '/mod/shifts',
    '/mod/me',
    '/reports',
    '/standing',
  ];

  it.each([360, 800, 1280])(
    'keeps a gap between neighbouring parts at %s pixels',
    async (width) => {
      const page = await open({ width, as: 'reader' });
      const faults: string[] = [];
      for (const path of pages()) {
        await page.goto(`${site.url}${path}`);
        const touching = (await page.evaluate(TOUCHING)) as string[];
        faults.push(...touching.map((each) => `${path}: ${each}`));
        const floating = (await page.evaluate(FLOATING)) as string[];
        faults.push(...floating.map((each) => `${path} floats: ${each}`));
      }
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );

  it('puts the actions beside the content from 800 pixels on, and below it on narrower screens', async () => {
    const beside = async (
      width: number,
      path: string,
      pair: [string, string],
    ): Promise<boolean> => {
      const page = await open({ width, as: 'member' }, path);
      const [matter, side] = await Promise.all(
        pair.map((each) => page.locator(each).first().boundingBox()),
      );
      await page.context().close();
      return (side?.x ?? 0) >= (matter?.x ?? 0) + (matter?.width ?? 0);
    };
    for (const [path, ...pair] of [
      [`/t/${thread}`, '.letters', '#follow'],
      ['/c/here', '.threads', '.aside:nth-of-type(2)'],
      ['/c/here/new', '#body', '.compose__need'],
    ] as [string, string, string][]) {
      expect([path, await beside(1280, path, pair)]).toEqual([path, true]);
      expect([path, await beside(800, path, pair)]).toEqual([path, true]);
      expect([path, await beside(360, path, pair)]).toEqual([path, false]);
    }
  });

  it.each([800, 1280])(
    'shows the threads of a community below its name, however tall the box beside it (%i)',
    async (width) => {
      const page = await open({ width, as: 'member' }, '/c/here');
      const tops = (): Promise<number[]> =>
        page.evaluate(`['.page-head ~ :not(.aside)', '.aside ~ .aside'].map((one) =>
          Math.round(document.querySelector('.columns > ' + one).getBoundingClientRect().top))`);
      const [threads = 0, about = 0] = await tops();
      await page.evaluate(`document.querySelector('#join').style.height = '40rem'`);
      const [moved = 0, below = 0] = await tops();
      await page.context().close();
      expect(Math.abs(about - threads)).toBeLessThan(8);
      expect(Math.abs(moved - threads)).toBeLessThan(2);
      expect(below).toBeGreaterThan(about + 300);
    },
  );

  it.each(['en', 'es', 'de'])(
    'has someone to call on the first screen of Help now on a phone (%s)',
    async (locale) => {
      const page = await open({ width: 360, locale }, '/help-now');
      const call = await page.locator('.help-line a[href^="tel:"]').first().boundingBox();
      expect(call?.y).toBeLessThan(740);
      await page.context().close();
    },
  );

  it('has all personal pages in the account menu, with and without script', async () => {
    for (const script of [true, false]) {
      const page = await open({ width: 1280, as: 'member', script });
      await page.locator('summary', { hasText: 'My account' }).click();
      for (const href of ['/mine', '/toolkit', '/reports', '/standing', '/settings/data'])
        expect(await page.locator(`.own-menu a[href="${href}"]`).isVisible()).toBe(true);
      if (script) {
        await page.keyboard.press('Escape');
        expect(await page.locator('.own-menu a').first().isVisible()).toBe(false);
      }
      await page.context().close();
    }
  });

  it('asks a member what would help, and leads to writing in one more press', async () => {
    const page = await open({ width: 360, as: 'member', script: false });
    await page.locator('summary', { hasText: 'Write something' }).click();
    await page.locator('.start a[href="/c/here/new"]').click();
    await page.getByLabel('Title').fill('With a topic');
    await page.getByLabel('What is on your mind?').fill('A few words.');
    await page.getByLabel('Topic').selectOption('Work');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.waitForURL(/\/t\/\d+$/);
    await page.goto(`${site.url}/c/here?tag=Work`);
    expect(await page.locator('.threads').textContent()).toContain('With a topic');
    await page.context().close();
  });
});

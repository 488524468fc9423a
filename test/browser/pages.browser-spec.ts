import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser as Chromium, type BrowserContext, type Page } from 'playwright-core';
import { testApp, type TestApp } from '../support/app.js';
import { axeFindings, launchChromium, nextPage } from '../support/chromium.js';
import { httpReceiver } from '../support/http-receiver.js';

const WIDTHS = [360, 1280];
/** The innermost elements that overflow the viewport sideways, if the page scrolls sideways. */
const TOO_WIDE = `(() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const out = (one) => one.getBoundingClientRect().right > innerWidth;
  const innermost = [...document.querySelectorAll('body *')]
    .filter((one) => out(one) && ![...one.children].some(out));
  return ['the page', ...innermost.map((one) => one.outerHTML.slice(0, 120))];
})()`;
describe('every page in Chromium', () => {
  let site: TestApp;
  let browser: Chromium;
  let thread: string;
  let cared: string[];
  let folder: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.member('reader', { role: 'moderator' });
    await site.make.community({ slug: 'here', topics: ['Work', 'Home'] });
    await site.make.join('reader', 'here', 'moderator');
    thread = await site.make.thread({
      community: 'here',
      author: 'opener',
      title: 'A thread',
      notes: ['medication'],
    });
    for (let n = 0; n < 25; n += 1)
      await site.make.reply({
        thread,
        author: n % 3 === 0 ? 'reader' : 'opener',
        body: `Reply ${n}`,
        ...(n === 4 ? { author: 'masked', alias: 'quiet-lamp' } : {}),
      });
    folder = await site.make.folder({ community: 'here', name: 'Sleep', threads: [thread] });
    // Posts at risk, as their author and as readers see them, and reported posts.
    const writer = await site.as('reader');
    const write = async (title: string, body: string): Promise<string> =>
      (
        await writer.post(
          '/c/here/threads',
          { title, body, kind: 'support', replyWish: 'listen' },
          '/c/here/new',
        )
      ).location ?? '';
    const hard = await site.make.thread({
      community: 'here',
      author: 'opener',
      title: 'Hard to read',
    });
    await site.make.rows(`update posts set tier = 'urgent' where thread_id = $1`, [hard]);
    const urgent = await site.make.thread({ community: 'here', author: 'reader', title: 'Urgent' });
    await site.make.rows(`update posts set tier = 'urgent' where thread_id = $1`, [urgent]);
    await site.make.case({ post: await site.make.post.opening(urgent) });
    const own = `/t/${urgent}`;
    for (const path of [own, `/t/${hard}`])
      expect((await writer.get(path)).html).toMatch(/Thank you for telling us|How to reply safely/);
    const reported = await site.make.post.opening(hard);
    const receipt =
      (
        await writer.post(
          `/posts/${reported}/report`,
          { reason: 'danger-now' },
          `/posts/${reported}/report`,
        )
      ).location ?? '';
    await site.make.strategy({ slug: 'slow-walk', name: 'A slow walk', needs: ['panic', 'low'] });
    await site.make.rows(
      `
        insert into post_strategies (post_id, strategy_id, state)
        select p.id, s.id, 'accepted'
        from posts p, coping_strategies s
        where p.thread_id = $1 and p.number = 1 and s.slug = 'slow-walk'
      `,
      [thread],
    );
    cared = [
      await write('Held', 'I have decided to end my life tonight.'),
      own,
      `/t/${hard}`,
      `/posts/${reported}/report`,
      receipt,
      '/reports',
      '/mod/rules',
      '/mod/rules?community=here',
    ];
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  const guests = [
    '/',
    '/communities',
    '/find',
    '/c/here',
    '/strategies',
    '/strategies/slow-walk',
    '/help-now',
    '/about',
    '/privacy',
    '/guidelines',
    '/guidelines?easy',
    '/signup',
    '/signup/sent',
    '/login',
    '/forgot',
    '/display',
    '/search',
    '/search?q=thread',
    '/search?q=suicidal',
    '/resources',
    '/leaving-quickly',
    '/keep',
    '/keep/help',
    '/report-illegal',
    '/report-illegal/sent?number=ABCDEFGH',
    '/nothing-here',
    '/styleguide',
  ];
  const members = (): string[] => [
    '/',
    '/c/here',
    '/c/here/new',
    `/t/${thread}`,
    `/t/${thread}?page=2`,
    `/t/${thread}/similar`,
    '/search?q=reply',
    '/mine',
    '/notifications',
    '/notifications?kind=team',
    '/digests/next',
    '/settings/notifications',
    '/settings/profile',
    '/settings/reading',
    '/settings/privacy',
    '/settings/security',
    '/@opener',
    '/c/here/requests',
    '/c/here/folders',
    `/c/here/folders/${folder}`,
    `/t/${thread}/folders`,
    '/toolkit/kept?plan=on&toolkit=all',
    '/keep',
    ...cared,
  ];

  async function context(wishes: {
    width: number;
    script: boolean;
    member?: boolean;
  }): Promise<BrowserContext> {
    const made = await browser.newContext({
      viewport: { width: wishes.width, height: 900 },
      javaScriptEnabled: wishes.script,
      locale: 'en-GB',
    });
    if (wishes.member === true)
      await made.addCookies([
        { name: 'session', value: await site.make.session('reader'), url: site.url },
      ]);
    return made;
  }

  /**
   * Opens each page once and checks it at every width: no request leaves the origin, nothing is
   * wider than the screen, the console stays silent.
   * @param look further checks of the page at that width
   * @returns the faults found
   */
  async function walk(
    page: Page,
    paths: readonly string[],
    widths: readonly number[],
    look?: (path: string, width: number) => Promise<string[]>,
  ): Promise<string[]> {
    const faults: string[] = [];
    let path = '';
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url)) faults.push(`${path} asks for ${request.url()}`);
    });
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404'))
        faults.push(`${path} says ${message.text()}`);
    });
    page.on('pageerror', (error) => faults.push(`${path} fails: ${error.message}`));
    for (path of paths) {
      await page.setViewportSize({ width: widths[0] ?? 360, height: 900 });
      await page.goto(`${site.url}${path}`);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        // Playwright can evaluate this even when JavaScript is disabled for the page.
        const wide = (await page.evaluate(TOO_WIDE)) as string[];
        if (wide.length > 0)
          faults.push(`${path} is wider than a screen of ${width}: ${wide.join(', ')}`);
        faults.push(...((await look?.(path, width)) ?? []));
      }
    }
    return faults;
  }

  it.each([false, true])(
    'stays within its origin and its width without script (member: %s)',
    async (member) => {
      const open = await context({ width: 320, script: false, member });
      const paths = member ? members() : guests;
      expect(await walk(await open.newPage(), paths, [320, ...WIDTHS])).toEqual([]);
      await open.close();
    },
  );

  it.each([false, true])(
    'stays within them with script, and axe finds no faults, light or dark (member: %s)',
    async (member) => {
      const open = await context({ width: 320, script: true, member });
      const page = await open.newPage();
      const paths = member ? members() : guests;
      let checks = 0;
      const faults = await walk(page, paths, [320, ...WIDTHS], async (path, width) => {
        if (width === 320) return [];
        const findings: string[] = [];
        // The dark scheme changes only colours: check it only on the wide page, which folds nothing.
        const schemes = width === 1280 ? (['dark', 'light'] as const) : (['light'] as const);
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme });
          const rules = colorScheme === 'light' ? 'every' : 'colours';
          const each = await axeFindings(page, rules);
          findings.push(...each.map((one) => `${path} ${width} ${colorScheme} ${one}`));
          checks += 1;
        }
        return findings;
      });
      expect(faults).toEqual([]);
      expect(checks).toBe(paths.length * 3);
      await open.close();
    },
  );

  it.each([false, true])(
    'axe finds no faults in high contrast and the largest text (member: %s)',
    async (member) => {
      const open = await context({ width: 360, script: true, member });
      const display = { name: 'display', value: 'contrast.larger.wide.calm', url: site.url };
      await open.addCookies([display]);
      const page = await open.newPage();
      const paths = member ? members() : guests;
      const faults = await walk(page, paths, WIDTHS, async (path, width) =>
        width === 360
          ? (await axeFindings(page, 'colours')).map((one) => `${path} contrast ${one}`)
          : [],
      );
      expect(faults).toEqual([]);
      await open.close();
    },
  );

  it.each([true, false])('a thread is posted and replied to (script: %s)', async (script) => {
    const open = await context({ width: 360, script, member: true });
    const page = await open.newPage();
    await page.goto(`${site.url}/c/here`);
    await page.getByRole('link', { name: 'Start a thread' }).click();
    await page
      .getByLabel('Title')
      .fill(`Written in Chromium ${script ? 'with' : 'without'} script`);
    await page.getByLabel('What is on your mind?').fill('A few words.');
    await page.getByLabel('Ideas to try').check();
    await page.getByLabel('Write under another name in this thread').check();
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.waitForURL(/\/t\/\d+$/);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(
      'Written in Chromium',
    );
    await page.getByLabel('Your reply').fill('And a word more.');
    await page.getByRole('button', { name: 'Post reply' }).click();
    await page.waitForURL(/#post-2$/);
    expect(await page.locator('#post-2').textContent()).toContain('And a word more.');
    expect(await page.locator('.letters').textContent()).not.toContain('reader');
    await open.close();
  });

  it('a draft is saved automatically with script, and restored', async () => {
    const open = await context({ width: 1280, script: true, member: true });
    const page = await open.newPage();
    await page.goto(`${site.url}/t/${thread}`);
    const kept = page.waitForResponse((response) => response.url().endsWith('/drafts'));
    await page.getByLabel('Your reply').pressSequentially('Not yet sent');
    expect((await kept).status()).toBe(204);
    await page.goto(`${site.url}/t/${thread}`);
    expect(await page.getByLabel('Your reply').inputValue()).toBe('Not yet sent');
    await open.close();
  });

  it('pressing Shift three times leaves, unless the reader disabled that', async () => {
    const open = await context({ width: 1280, script: true });
    const page = await open.newPage();
    const shifts = async (): Promise<void> => {
      for (let n = 0; n < 3; n += 1) await page.keyboard.press('Shift');
    };
    await page.goto(`${site.url}/display`);
    await page.getByLabel('Do not leave when I press Shift three times').check();
    await nextPage(page, () => page.getByRole('button', { name: 'Save display settings' }).click());
    await shifts();
    expect(await page.locator('.leaving').count()).toBe(0);
    await page.getByLabel('Do not leave when I press Shift three times').uncheck();
    await nextPage(page, () => page.getByRole('button', { name: 'Save display settings' }).click());
    const left = page.waitForRequest(/\/leave$/);
    await shifts();
    await left;
    await open.close();
  });

  it('the quick exit ends the session and leaves the site, as a link, without script', async () => {
    const open = await context({ width: 360, script: false, member: true });
    const page = await open.newPage();
    const elsewhere = await httpReceiver(200);
    site.config.LEAVE_URL = elsewhere.url;
    await page.goto(`${site.url}/notifications`);
    await page.getByRole('link', { name: 'Leave quickly', exact: true }).click();
    await page.waitForURL(elsewhere.url);
    await elsewhere.close();
    const answer = await page.goto(`${site.url}/notifications`);
    expect(answer?.status()).toBe(401);
    await open.close();
  });

  it.each([false, true])(
    'all controls can be reached by keyboard, skip links first (member: %s)',
    async (member) => {
      const open = await context({ width: 1280, script: false, member });
      const page = await open.newPage();
      await page.goto(`${site.url}/c/here`);
      const stops: string[] = [];
      for (let n = 0; n < 14; n += 1) {
        await page.keyboard.press('Tab');
        stops.push(((await page.locator(':focus').textContent()) ?? '').trim());
      }
      // Help and the quick exit come before the menu as skip links, and right after it as visible
      // links.
      expect(stops.slice(0, 3)).toEqual([
        'Skip to main content',
        'Leave this site quickly',
        'Help now',
      ]);
      const menu = member
        ? ['Communities', 'Strategies', 'Toolkit', 'Search', 'Moderation', 'Inbox', 'My account']
        : ['Communities', 'Strategies', 'Search', 'Log in', 'Join'];
      expect(stops.slice(3, 6 + menu.length)).toEqual([
        'Sameboat',
        ...menu,
        'Help now',
        'Leave quickly',
      ]);
      await open.close();
    },
  );
});

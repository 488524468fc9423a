import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser as Chromium, type Page } from 'playwright-core';
import { testApp, type TestApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { HOSTILE } from '../support/hostile.js';

/**
 * Markup on a page that does not come from our templates. URLs are compared as browsers parse them,
 * without spaces, tabs and control characters.
 */
const FOREIGN = `(() => {
  const found = 'hostile' in window ? ['a script ran'] : [];
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) found.push(element.tagName + ' ' + name);
      if (!/^(href|src|action|formaction|data|xlink:href)$/.test(name)) continue;
      const address = [...value].filter((sign) => sign > ' ').join('');
      if (/^(javascript|vbscript|data|blob|view-source):/i.test(address))
        found.push(element.tagName + ' ' + name + '=' + value);
    }
    if (/^(IFRAME|OBJECT|EMBED|BASE|STYLE|MATH|TEMPLATE|VIDEO)$/i.test(element.tagName)) found.push(element.tagName);
  }
  for (const script of document.scripts)
    if (!script.src.startsWith(location.origin)) found.push('script ' + script.src);
  return found;
})()`;

describe('hostile texts', () => {
  let site: TestApp;
  let browser: Chromium;
  let page: Page;
  let talk: string;
  const elsewhere: string[] = [];
  const titles = HOSTILE.map((text) => text.slice(0, 100).padEnd(3, '.')).filter(
    (text) => text.trim().length >= 3,
  );
  const places = Array.from({ length: Math.ceil(titles.length / 25) }, (_, at) => `place-${at}`);

  beforeAll(async () => {
    site = await testApp({ workers: false });
    browser = await launchChromium();
    for (const [at, slug] of places.entries()) {
      await site.make.community({ slug });
      await site.make.rows(
        `
          update communities
          set name = left($2, 80), summary = left($3, 200), purpose = $3
          where slug = $1
        `,
        [slug, titles[at * 25], HOSTILE.slice(at * 3, at * 3 + 3).join(' ')],
      );
      await site.make.rows(
        `with words as (
           select * from unnest($2::text[]) with ordinality as w (title, place)
         ), made as (
           insert into threads (community_id, title, kind, reply_wish)
           select c.id, w.title, 'support', 'listen'
           from communities c, words w
           where c.slug = $1
           returning id, title
         )
         insert into posts (thread_id, number, author_id, body, body_html, summary)
         select id, 1, $3, title, '<p>.</p>', title from made`,
        [slug, titles.slice(at * 25, at * 25 + 25), await site.make.member('harmful')],
      );
    }
    for (const [at, text] of titles.slice(0, 30).entries()) {
      const slug = await site.make.strategy({ slug: `tool-${at}`, author: 'harmful' });
      await site.make.rows(
        `
          update coping_strategies
          set name = left($2, 80), summary = $2, steps = $3, fits = $2, source_name = $2,
            credit = left($2, 60)
          where slug = $1
        `,
        [slug, text, titles.slice(at * 9, at * 9 + 9)],
      );
    }
    await site.make.join('harmful', 'place-0');
    await site.make.join('reader', 'place-0', 'moderator');
    await site.make.rows(`update members set about = left($1, 2000) where handle = 'harmful'`, [
      HOSTILE.join(' '),
    ]);
    talk = await site.make.thread({ community: 'place-0', title: 'A talk' });
    const writer = await site.as('harmful');
    for (let at = 0; at < HOSTILE.length; at += 90) {
      const answer = await writer.post(
        `/t/${talk}/replies`,
        { body: HOSTILE.slice(at, at + 90).join('\n\n') },
        `/t/${talk}`,
      );
      expect(answer.status).toBe(303);
    }
    // Bypass the content security policy: escaping alone must keep scripts out.
    const context = await browser.newContext({ bypassCSP: true });
    await context.addCookies([
      { name: 'session', value: await site.make.session('reader'), url: site.url },
    ]);
    page = await context.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url)) elsewhere.push(request.url());
    });
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  const foreign = (): Promise<string[]> => page.evaluate(FOREIGN);

  it('number more than three hundred', () => {
    expect(new Set(HOSTILE).size).toBeGreaterThan(300);
  });

  it('are detected if they take effect', async () => {
    await page.goto(`${site.url}/about`);
    await page.setContent(
      '<a href="java\tscript:x">go</a><img src="/nowhere" onerror="top.hostile=1">',
    );
    await page.waitForFunction('window.hostile === 1');
    expect(await foreign()).toEqual(['a script ran', 'A href=java\tscript:x', 'IMG onerror']);
    await page.goto('about:blank');
  });

  it('do nothing in posts, titles, profiles, groups, strategies and searches', async () => {
    const posts = (await site.make.rows(
      'select id from posts where thread_id = $1 and number > 1',
      [talk],
    )) as { id: string }[];
    expect(posts.length).toBeGreaterThan(3);
    const searches = Array.from(
      { length: 30 },
      (_, at) =>
        `/search?q=${encodeURIComponent(
          HOSTILE.filter((_text, place) => place % 30 === at)
            .join(' ')
            .slice(0, 190),
        )}`,
    );
    const paths = [
      `/t/${talk}`,
      `/t/${talk}?reply=2`,
      ...posts.map(({ id }) => `/posts/${id}/report`),
      '/@harmful',
      '/communities',
      '/feed',
      '/strategies',
      ...places.map((slug) => `/c/${slug}`),
      '/strategies/tool-3',
      '/strategies/tool-20/print',
      '/find?q=%3Cscript%3Etop.hostile%3D1%3C%2Fscript%3E',
      ...searches,
    ];
    for (const path of paths) {
      const answer = await page.goto(`${site.url}${path}`, { waitUntil: 'load' });
      expect({ path, status: answer?.status() }).toEqual({ path, status: 200 });
      expect({ path, foreign: await foreign() }).toEqual({ path, foreign: [] });
    }
    expect(elsewhere).toEqual([]);
  });

  it('stay literal: template expressions are not evaluated', async () => {
    await page.goto(`${site.url}/t/${talk}`);
    const text = (await page.textContent('main')) ?? '';
    for (const letters of ['{{7*7}}', '${7*7}', '<%= 7*7 %>', "'; drop table posts; --"])
      expect(text).toContain(letters);
  });

  it('break no feed, sitemap or data export', async () => {
    await page.goto(`${site.url}/about`);
    for (const path of [
      ...places.map((slug) => `/c/${slug}/feed.atom`),
      '/sitemap.xml',
      '/sitemaps/pages.xml',
      '/sitemaps/threads-1.xml',
    ]) {
      const { html, status } = await site.browser().get(path);
      expect({ path, status }).toEqual({ path, status: 200 });
      const faults = await page.evaluate(
        `[...new DOMParser()
          .parseFromString(${JSON.stringify(html)}, 'application/xml')
          .querySelectorAll('parsererror, script, img, iframe')].map((each) => each.textContent)`,
      );
      expect({ path, faults }).toEqual({ path, faults: [] });
    }
    const writer = await site.as('harmful');
    const copy = await writer.get('/settings/data/my-data.json');
    expect(JSON.stringify(JSON.parse(copy.html))).toContain('top.hostile');
    expect(copy.headers.get('content-type')).toContain('application/json');
    await page.setContent((await writer.get('/settings/data/my-data.html')).html);
    // The styles of the file itself.
    expect(await foreign()).toEqual(['STYLE']);
  });
});

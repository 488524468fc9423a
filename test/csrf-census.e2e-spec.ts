import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from './support/app.js';
import { encode } from './support/browser.js';
import { table } from './access.table.js';

/**
 * Posted by mail programs; authenticated by a token in the URL or the intake's secret in a header.
 */
const OWN_SECRET = [
  'POST /unsubscribe/:token',
  'POST /webhooks/mail/replies',
  'POST /webhooks/mail/bounces',
];

/** The JSON API authenticates by access token only, see `api-contract`. */
const isApi = (row: string): boolean => row.includes(' /api/v1/');

const HEADERS = [
  'content-security-policy',
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
];

describe('every form and every answer', () => {
  let site: TestApp;
  let thread: string;

  beforeAll(async () => {
    site = await testApp({ workers: false, env: { BASE_URL: 'https://boat.example' } });
    await site.make.community({ slug: 'here' });
    await site.make.join('member', 'here');
    thread = await site.make.thread({ community: 'here', author: 'member' });
    await site.make.strategy({ slug: 'tea' });
  });
  afterAll(() => site.close());

  const signedIn = async () => {
    const browser = site.browser();
    browser.setCookie('__Host-session', await site.make.session('member'));
    return browser;
  };
  const fill = (path: string): string =>
    path
      .replace(':slug', path.includes('/strategies') ? 'tea' : 'here')
      .replace(':id', path.startsWith('/t/') ? thread : '1')
      .replace(/:\w+/g, 'x');
  const posts = Object.keys(table).filter((row) => row.startsWith('POST '));

  it('no form is taken without its token, or with somebody else’s', async () => {
    const browser = await signedIn();
    const stranger = site.browser();
    const foreign = await stranger.token();
    expect(posts.length).toBeGreaterThan(80);
    const taken: string[] = [];
    for (const row of posts.filter((each) => !OWN_SECRET.includes(each) && !isApi(each))) {
      for (const fields of [{ body: 'Words' }, { body: 'Words', _csrf: foreign }] as Record<
        string,
        string
      >[]) {
        const { status } = await browser.postRaw(fill(row.slice(5)), encode(fields));
        if (status !== 403) taken.push(`${status} ${row}`);
      }
    }
    expect(taken).toEqual([]);
  });

  it('a form that guests send comes back to them, any other leads to the log-in', async () => {
    const guest = site.browser();
    const guests = posts.filter((row) => table[row]?.[0] !== 401);
    expect(guests.length).toBeGreaterThan(10);
    const wrong: string[] = [];
    for (const row of posts.filter((each) => !OWN_SECRET.includes(each) && !isApi(each))) {
      const { status } = await guest.postRaw(fill(row.slice(5)), encode({ body: 'Words' }));
      if (status !== (guests.includes(row) ? 403 : 401)) wrong.push(`${status} ${row}`);
    }
    expect(wrong).toEqual([]);
  });

  it('no call of the API is opened by a session, from whatever page it comes', async () => {
    const browser = await signedIn();
    const rows = Object.keys(table).filter((row) => isApi(row) && !row.startsWith('GET '));
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) {
      const [method = '', path = ''] = row.split(' ');
      expect([row, (await browser.call(method, fill(path))).status]).toEqual([row, 401]);
    }
  });

  it('what other programs post is nothing without its secret', async () => {
    for (const row of OWN_SECRET) {
      expect(posts).toContain(row);
      expect(
        (await site.browser().postRaw(row.slice(5).replace(':token', 'x'.repeat(43)), '')).status,
      ).toBe(404);
    }
  });

  it('every kind of answer has the security headers, and a personal one is stored nowhere', async () => {
    const member = await signedIn();
    const asset = /href="(\/assets\/[^"]+\.css)"/.exec((await member.get('/')).html)?.[1] ?? '';
    expect(asset).not.toBe('');
    const paths = [
      '/',
      `/t/${thread}`,
      '/nowhere',
      '/t/%00',
      '/mod',
      '/c/here/feed.atom',
      '/sitemap.xml',
      '/sitemaps/pages.xml',
      '/robots.txt',
      '/healthz',
      '/metrics',
      '/strategies/tea.txt',
      '/c/here/card',
      '/toolkit/take-out.json',
      '/toolkit/take-out.html',
      '/settings/data/my-data.json',
      '/leave',
      asset,
    ];
    for (const path of paths) {
      for (const browser of [site.browser(), await signedIn()]) {
        const { headers, status } = await browser.get(path);
        expect({ path, missing: HEADERS.filter((name) => !headers.has(name)) }).toEqual({
          path,
          missing: [],
        });
        expect({
          path,
          hsts: headers.get('strict-transport-security')?.startsWith('max-age=63072000'),
        }).toEqual({ path, hsts: true });
        expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*/);
        expect(headers.has('x-powered-by')).toBe(false);
        if (path === asset || /^\/(healthz|metrics|robots|sitemap|c\/here\/feed)/.test(path))
          continue;
        if (browser.cookie('__Host-session') !== undefined)
          expect({
            path,
            status,
            cache: headers.get('cache-control')?.includes('no-store'),
          }).toEqual({ path, status, cache: true });
      }
    }
    for (const [what, answer] of [
      ['stale', await member.postRaw('/drafts', 'body=x')],
      ['too long', await member.postRaw('/drafts', `body=${'x'.repeat(2_000_000)}`)],
      [
        'another kind',
        await member.postRaw('/drafts', '{}', { 'content-type': 'application/json' }),
      ],
    ] as const)
      expect({
        what,
        missing: HEADERS.filter((name) => !answer.headers.has(name)),
        cache: answer.headers.get('cache-control')?.includes('no-store'),
      }).toEqual({ what, missing: [], cache: true });
  });

  it('cookies are bound to the host, read by no script and sent by no other site', async () => {
    const response = await fetch(new URL('/login', site.url), {
      headers: { 'accept-language': 'en' },
    });
    const lines = response.headers.getSetCookie();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines)
      expect(line).toMatch(
        /^__Host-[\w-]+=[^;]*(; Max-Age=\d+)?; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
    const away = await fetch(new URL('/leave', site.url), { redirect: 'manual' });
    expect(away.headers.get('clear-site-data')).toContain('"cookies"');
  });
});

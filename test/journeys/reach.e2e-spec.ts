import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import type { Browser } from '../support/browser.js';

describe('feeds, sitemap and robots.txt', () => {
  let site: TestApp;
  let guest: Browser;
  let open: string;
  let calm: Record<string, string>;

  beforeAll(async () => {
    site = await testApp({ workers: false, env: { BASE_URL: 'https://boat.example' } });
    guest = site.browser();
    await site.make.community({ slug: 'open', searchEngines: true });
    for (const visibility of ['members', 'approval', 'unlisted'] as const) {
      await site.make.community({ slug: visibility, visibility });
      await site.make.thread({ community: visibility, title: `Secret of ${visibility}` });
    }
    await site.make.community({ slug: 'over', archived: true, searchEngines: true });
    open = await site.make.thread({
      community: 'open',
      author: 'signed',
      title: 'Tea & <toast> \u0001"',
      body: 'Body words stay here.',
      notes: ['medication'],
    });
    await site.make.rows(`update posts set summary = 'In short.' where thread_id = $1`, [open]);
    const hidden = ['held', 'hidden', 'removed', 'withdrawn'];
    for (const status of hidden) {
      const id = await site.make.thread({ community: 'open', title: `Gone: ${status}` });
      await site.make.rows('update threads set status = $2 where id = $1', [id, status]);
    }
    const changes = {
      urgent: `tier = 'urgent'`,
      crisis: `tier = 'crisis'`,
      folded: 'folded = true',
      members: 'members_only = true',
    };
    calm = {};
    for (const [name, change] of Object.entries(changes)) {
      calm[name] = await site.make.thread({ community: 'open', title: `Kept in: ${name}` });
      await site.make.rows(`update posts set ${change} where thread_id = $1`, [calm[name]]);
    }
  });
  afterAll(() => site.close());

  it('a feed of an open community has titles and needs, but no text or authors', async () => {
    const { status, html, headers } = await guest.get('/c/open/feed.atom');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(headers.get('set-cookie')).toBeNull();
    expect(html).toContain('<title>Tea &amp; &lt;toast&gt; &quot;</title>');
    expect(html).toContain(`<id>tag:boat.example,2026-01-01:thread-${open}</id>`);
    expect(html).toContain(`href="https://boat.example/t/${open}"`);
    expect(html).toContain('It mentions: medication and side effects. In short.');
    for (const words of ['Body words', 'signed', 'Gone:', 'Kept in:', '\u0001'])
      expect(html).not.toContain(words);
  });

  it('a feed is well-formed and has everything that Atom requires', async () => {
    const { html } = await guest.get('/c/open/feed.atom');
    const stack: string[] = [];
    for (const [, close, name = '', empty] of html
      .replace(/<\?xml[^>]*\?>/, '')
      .matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
      if (close === '/') expect(stack.pop()).toBe(name);
      else if (empty !== '/') stack.push(name);
    }
    expect(stack).toEqual([]);
    for (const part of [
      '<feed xmlns="http://www.w3.org/2005/Atom"',
      '<id>tag:',
      '<updated>',
      '<author><name>',
      'rel="self"',
      'rel="alternate"',
    ])
      expect(html).toContain(part);
    expect(html.match(/<entry>/g)?.length).toBe(1);
  });

  it('a feed answers 304 as long as nothing is new', async () => {
    const { headers } = await guest.get('/c/open/feed.atom');
    const [tag, since] = [headers.get('etag') ?? '', headers.get('last-modified') ?? ''];
    expect(
      (await guest.get('/c/open/feed.atom', { 'if-none-match': `"other", W/${tag}` })).status,
    ).toBe(304);
    expect((await guest.get('/c/open/feed.atom', { 'if-modified-since': since })).status).toBe(304);
    expect(
      (
        await guest.get('/c/open/feed.atom', {
          'if-none-match': '"other"',
          'if-modified-since': since,
        })
      ).status,
    ).toBe(200);
    await site.make.rows(
      `update threads set reply_count = 1, last_post_at = now() + interval '1 minute' where id = $1`,
      [open],
    );
    expect((await guest.get('/c/open/feed.atom', { 'if-none-match': tag })).status).toBe(200);
    expect((await guest.get('/c/open/feed.atom', { 'if-modified-since': since })).status).toBe(200);
  });

  it('a feed that a member opens leaves out what they muted, and is not cached for others', async () => {
    const reader = await site.as('reader');
    const feed = (by: Browser) => by.get('/c/open/feed.atom');
    const { html, headers } = await feed(reader);
    expect(html).toContain(`thread-${open}<`);
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('vary')).toMatch(/\bCookie\b/i);
    const isLeftOut = async (rows: string): Promise<boolean> => {
      const who = `select r.id as reader, s.id as signed from members r, members s
        where r.handle = 'reader' and s.handle = 'signed'`;
      await site.make.rows(`with who as (${who}) ${rows}`);
      return !(await feed(reader)).html.includes(`thread-${open}<`);
    };
    expect(
      await isLeftOut('insert into blocks (member_id, blocked_id) select reader, signed from who'),
    ).toBe(true);
    await site.make.rows('delete from blocks');
    expect(
      await isLeftOut(`insert into note_choices (member_id, note, choice)
        select reader, 'medication', 'hide' from who`),
    ).toBe(true);
    const { html: open1, headers: public1 } = await feed(guest);
    expect(open1).toContain(`thread-${open}<`);
    expect(public1.get('cache-control')).toBe('public, max-age=300');
    expect(public1.get('vary')).toMatch(/\bCookie\b/i);
  });

  it('communities that are not open have no feed and no link to one', async () => {
    for (const slug of ['members', 'approval', 'unlisted', 'over', 'none', '%00', "'"])
      expect({ slug, status: (await guest.get(`/c/${slug}/feed.atom`)).status }).toEqual({
        slug,
        status: 404,
      });
    expect((await guest.get('/c/open')).html).toContain(
      '<link rel="alternate" type="application/atom+xml" href="/c/open/feed.atom">',
    );
    for (const slug of ['members', 'over'])
      expect((await guest.get(`/c/${slug}`)).html).not.toContain('atom+xml');
  });

  it('the sitemap lists only pages that anybody may read', async () => {
    const index = (await guest.get('/sitemap.xml')).html;
    const files = [
      ...index.matchAll(/<loc>https:\/\/boat\.example(\/sitemaps\/[a-z0-9-]+\.xml)<\/loc>/g),
    ].map(([, path]) => path ?? '');
    expect(files).toEqual(['/sitemaps/pages.xml', '/sitemaps/threads-1.xml']);
    const [pages = '', threads = ''] = await Promise.all(
      files.map(async (path) => (await guest.get(path)).html),
    );
    for (const path of ['/', '/find', '/resources', '/c/open'])
      expect(pages).toContain(`<loc>https://boat.example${path}</loc>`);
    for (const slug of ['members', 'approval', 'unlisted', 'over'])
      expect(pages).not.toContain(`/c/${slug}<`);
    expect([...threads.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address)).toEqual([
      `https://boat.example/t/${open}`,
    ]);
    expect(threads.endsWith('</urlset>\n')).toBe(true);
    for (const name of ['threads-0.xml', 'threads-x.xml', 'other.xml', '..%2f..%2fetc'])
      expect((await guest.get(`/sitemaps/${name}`)).status).toBe(404);
    expect((await guest.get('/sitemaps/threads-999.xml')).html).not.toContain('<loc>');
  });

  it('robots.txt names the sitemap and the disallowed paths', async () => {
    const { html } = await guest.get('/robots.txt');
    expect(html).toContain('Sitemap: https://boat.example/sitemap.xml\n');
    for (const path of ['/settings', '/toolkit', '/search', '/@', '/mod', '/admin', '/mine'])
      expect(html).toContain(`Disallow: ${path}\n`);
    expect(html).not.toContain('Disallow: /t/\n');
  });

  it('an open thread has a canonical URL; a members-only one reveals nothing', async () => {
    expect((await guest.get(`/t/${open}`)).html).toContain(
      `<link rel="canonical" href="https://boat.example/t/${open}">`,
    );
    const closed = await guest.get('/c/members');
    expect(closed.html).toContain('<meta name="robots" content="noindex">');
    expect(closed.html).not.toMatch(/og:|twitter:|rel="canonical"|Secret of/);
    expect((await guest.get(`/t/${calm.members ?? ''}`)).status).toBe(404);
  });
});

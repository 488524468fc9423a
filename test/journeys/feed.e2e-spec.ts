import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { READS_PER_HOUR } from '../../src/syndication/private-feeds.service.js';

describe('the feed of all my communities', () => {
  let site: TestApp;
  let wren: Browser;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    for (const slug of ['mine', 'visited', 'strange'])
      await site.make.community({ slug, visibility: 'members' });
    await site.make.join('wren', 'mine');
    wren = await site.as('wren');
    await wren.post('/c/visited/visit');
    for (const community of ['mine', 'visited', 'strange'])
      await site.make.thread({ community, author: 'writer', title: `Words in ${community}` });
  });
  afterAll(() => site.close());

  it('has only threads of communities that I belong to or visit', async () => {
    const { html } = await wren.get('/feed');
    expect(html).toContain('Words in mine');
    expect(html).toContain('Words in visited');
    expect(html).not.toContain('Words in strange');
  });

  it('leaves out muted threads, blocked people and expired visits', async () => {
    const muted = await site.make.thread({ community: 'mine', title: 'Too much' });
    await site.make.thread({ community: 'mine', author: 'pest', title: 'From the pest' });
    expect((await wren.get('/feed')).html).toMatch(/From the pest[\s\S]*Too much/);
    await wren.post(`/t/${muted}/mute`);
    await wren.post('/members/pest/block');
    await site.make.rows(
      `update memberships set expires_at = now() - interval '1 second' where state = 'visiting'`,
    );
    const { html } = await wren.get('/feed');
    for (const gone of ['Too much', 'From the pest', 'Words in visited'])
      expect(html).not.toContain(gone);
    expect(html).toContain('Words in mine');
  });

  it('shows each thread once across pages, despite gaps left by blocks', async () => {
    for (let n = 0; n < 70; n += 1)
      await site.make.thread({
        community: 'mine',
        author: n % 2 === 0 ? 'pest' : 'writer',
        title: `Number ${n} of many`,
      });
    const seen: string[] = [];
    let next: string | undefined = '/feed';
    for (let pages = 0; next !== undefined && pages < 5; pages += 1) {
      const { html } = await wren.get(next);
      seen.push(
        ...[...html.matchAll(/<h3 class="thread-row__title"[^>]*><a href="(\/t\/\d+)"/g)].map(
          ([, href]) => href ?? '',
        ),
      );
      next = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&#x3D;', '=');
    }
    expect(next).toBeUndefined();
    expect(seen.length).toBe(36);
    expect(new Set(seen).size).toBe(36);
    expect((await wren.get('/feed?after=nonsense')).status).toBe(200);
  });

  it('counts a visitor who joins twenty times concurrently as one member', async () => {
    await wren.post('/c/strange/visit');
    const token = await wren.token('/c/strange');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        wren.postRaw('/c/strange/join', new URLSearchParams({ _csrf: token }).toString()),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(
      await site.make.rows(`select member_count from communities where slug = 'strange'`),
    ).toEqual([{ member_count: 1 }]);
  });

  describe('as private feeds', () => {
    let robin: Browser;
    let thread: string;

    beforeAll(async () => {
      for (const slug of ['harbour', 'shore'])
        await site.make.community({ slug, visibility: 'members' });
      await site.make.join('robin', 'harbour');
      robin = await site.as('robin');
      thread = await site.make.thread({
        community: 'harbour',
        author: 'writer',
        title: 'Lamplight',
      });
      await site.make.thread({ community: 'shore', author: 'writer', title: 'Not for robin' });
      await robin.post(`/t/${thread}/follow`);
    });

    /** Creates a private feed. @returns the path of its URL, which the page shows only once */
    const make = async (fields: Record<string, string>): Promise<string> => {
      const made = await robin.post('/settings/feeds', fields, '/settings/feeds');
      expect(made.status).toBe(200);
      const path = /value="[^"]*(\/feeds\/[\w-]{43}\.atom)"/.exec(made.html)?.[1];
      if (path === undefined) throw new Error('the page shows no address');
      return path;
    };
    const titles = (xml: string): string[] =>
      [...xml.matchAll(/<entry>[\s\S]*?<title>(.*?)<\/title>/g)].map(([, title]) => title ?? '');
    const entries = async (path: string): Promise<string[]> =>
      titles((await site.browser().get(path)).html);

    it('are created with a name, and reveal no content unless titles are chosen', async () => {
      const none = await robin.post('/settings/feeds', { name: '' }, '/settings/feeds');
      expect([none.status, none.html]).toEqual([
        422,
        expect.stringContaining('Give the feed a name'),
      ]);
      const path = await make({ name: 'Plain', scope: 'communities' });
      const { status, html } = await site.browser().get(path);
      expect(status).toBe(200);
      expect(titles(html)).toEqual(['Something new']);
      for (const word of ['Lamplight', 'harbour', 'writer', path]) expect(html).not.toContain(word);
      expect(html).toContain(`/t/${thread}"`);
      const twice = await robin.post(
        '/settings/feeds',
        { name: 'Plain', scope: 'following' },
        '/settings/feeds',
      );
      expect(twice.status).toBe(422);
    });

    it('show one address if the form is pressed twice, and another once it is turned off', async () => {
      const { html } = await robin.get('/settings/feeds');
      const idempotencyKey = /name="idempotencyKey" value="([^"]+)"/.exec(html)?.[1] ?? '';
      const form = { name: 'Pressed', scope: 'communities', idempotencyKey };
      const [path, again] = await Promise.all([make(form), make(form)]);
      expect(again).toBe(path);
      expect(await entries(path)).toContain('Something new');
      const { id } = await site.make.one<{ id: string }>(
        `select id from private_feeds where name = 'Pressed'`,
      );
      await robin.post(`/settings/feeds/${id}/revoke`);
      expect(await make(form)).not.toBe(path);
    });

    it('leave out what the pages leave out: muted, blocked, folded, urgent and hidden posts', async () => {
      const path = await make({ name: 'Titled', scope: 'communities', titles: 'on' });
      const more = async (title: string, options: object = {}): Promise<string> =>
        site.make.thread({ community: 'harbour', author: 'writer', title, ...options });
      const muted = await more('Muted');
      const own = await more('My own', { author: 'robin' });
      const left = await Promise.all(['Urgent', 'Hidden', 'Folded'].map((title) => more(title)));
      await more('Blocked', { author: 'gull' });
      await more('Shown');
      expect((await entries(path)).sort()).toEqual(
        ['Blocked', 'Folded', 'Hidden', 'Lamplight', 'Muted', 'Shown', 'Urgent'].sort(),
      );
      expect((await entries(path)).join()).not.toContain(own);
      await robin.post(`/t/${muted}/mute`);
      await robin.post('/members/gull/block');
      const first = (set: string, id: string | undefined): Promise<unknown> =>
        site.make.rows(`update posts set ${set} where thread_id = $1 and number = 1`, [id]);
      await first(`tier = 'urgent'`, left[0]);
      await site.make.rows(`update threads set status = 'hidden' where id = $1`, [left[1]]);
      await first('folded = true', left[2]);
      expect(await entries(path)).toEqual(['Shown', 'Lamplight']);
      await site.make.rows(
        `
          update posts
          set content_warnings = '{death-and-grief}', summary = 'About a loss'
          where thread_id = $1 and number = 1
        `,
        [thread],
      );
      const { html } = await site.browser().get(path);
      expect(html).toContain('It mentions:');
      expect(html).toContain('About a loss');
      const note = `insert into note_choices (member_id, note, choice)
        select id, 'death-and-grief', 'hide' from members where handle = 'robin'`;
      await site.make.rows(note);
      expect(await entries(path)).toEqual(['Shown']);
      await site.make.rows(`delete from note_choices`);
    });

    it('announce new replies in followed threads without their text', async () => {
      const path = await make({ name: 'Replies', scope: 'following', titles: 'on' });
      const reply = (author: string, body: string): Promise<string> =>
        site.make.reply({ thread, author, body });
      await reply('writer', 'These are the words');
      await reply('gull', 'From somebody blocked');
      await reply('robin', 'My own words');
      const { html } = await site.browser().get(path);
      expect(titles(html)).toEqual(['A reply in: Lamplight']);
      expect(html).toContain(`/t/${thread}#post-2"`);
      for (const word of ['These are', 'writer', 'blocked', 'My own'])
        expect(html).not.toContain(word);
    });

    it('end with the membership', async () => {
      const paths = [
        await make({ name: 'Leaving 1', scope: 'communities' }),
        await make({ name: 'Leaving 2', scope: 'following' }),
      ];
      for (const path of paths) expect(await entries(path)).not.toEqual([]);
      const seat = (state: string): Promise<unknown> =>
        site.make.rows(
          `
            update memberships
            set state = $1,
              expires_at = case when $1 = 'visiting' then now() - interval '1 minute' end
            where member_id = (select id from members where handle = 'robin')
          `,
          [state],
        );
      await seat('visiting');
      for (const path of paths) expect(await entries(path)).toEqual([]);
      await seat('active');
      for (const path of paths) expect(await entries(path)).not.toEqual([]);
    });

    it('are served only under their own address, with conditional requests', async () => {
      const path = await make({ name: 'Cached', scope: 'communities' });
      const { headers } = await site.browser().get(path);
      expect(headers.get('cache-control')).toBe('private, no-cache');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-robots-tag')).toBe('noindex');
      const known = { headers: { 'If-None-Match': headers.get('etag') ?? '' } };
      expect((await fetch(`${site.url}${path}`, known)).status).toBe(304);
      const other = path.replace(/.\.atom$/, (end) => (end[0] === 'A' ? 'B' : 'A') + end.slice(1));
      for (const wrong of [other, path.replace('.atom', ''), '/feeds/x.atom'])
        expect((await robin.get(wrong)).status).toBe(404);
      const [row] = (await site.make.rows(
        `select private_feeds::text as text from private_feeds where name = 'Cached'`,
      )) as [{ text: string }];
      expect(row.text).not.toContain(path.slice(7, 50));
    });

    it('are rate-limited', async () => {
      const path = await make({ name: 'Often', scope: 'communities' });
      const hourly = Array.from({ length: READS_PER_HOUR }, () => site.browser().get(path));
      expect(new Set((await Promise.all(hourly)).map(({ status }) => status))).toEqual(
        new Set([200]),
      );
      expect((await site.browser().get(path)).status).toBe(429);
    });

    it('show when they were last read, and return 410 once they are turned off', async () => {
      const path = await make({ name: 'Revoked', scope: 'communities' });
      const page = async (): Promise<string> => textOf((await robin.get('/settings/feeds')).html);
      expect(await page()).toMatch(/Revoked .*?Created on .*?Not read yet/);
      await site.browser().get(path);
      expect(await page()).toMatch(/Revoked [^.]*Last read: just now/);
      const [row] = (await site.make.rows(
        `select id from private_feeds where name = 'Revoked'`,
      )) as [{ id: string }];
      await wren.post(`/settings/feeds/${row.id}/revoke`);
      expect((await site.browser().get(path)).status).toBe(200);
      await robin.post(`/settings/feeds/${row.id}/revoke`);
      expect((await site.browser().get(path)).status).toBe(410);
      expect(await page()).not.toContain('Revoked');
    });

    it('require the password to be created, and cannot be created on a shared device', async () => {
      const token = encodeURIComponent(await robin.token('/settings/feeds'));
      await robin.post('/settings/security/shared-device');
      const form = `name=Late&scope=following&_csrf=${token}`;
      expect((await robin.postRaw('/settings/feeds', form)).status).toBe(403);
      const late = await site.as('robin');
      await site.make.rows(`update sessions set reauthenticated_at = now() - interval '1 day'`);
      const fields = { name: 'Late', scope: 'following' };
      expect((await late.post('/settings/feeds', fields, '/settings/feeds')).status).toBe(401);
    });
  });
});

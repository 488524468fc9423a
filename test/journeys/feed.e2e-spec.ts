import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import type { Browser } from '../support/browser.js';

describe('all my communities in one list', () => {
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

  it('has what is mine and what I visit, and nothing else', async () => {
    const { html } = await wren.get('/feed');
    expect(html).toContain('Words in mine');
    expect(html).toContain('Words in visited');
    expect(html).not.toContain('Words in strange');
  });

  it('leaves out what I muted, people I do not read, and a visit that has ended', async () => {
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

  it('goes on page by page, each thread once, across gaps that blocks leave', async () => {
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
        ...[...html.matchAll(/<h3 class="thread-row__title"><a href="(\/t\/\d+)"/g)].map(
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

  it('a visitor who joins twenty times at once is one member', async () => {
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
});

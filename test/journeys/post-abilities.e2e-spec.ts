import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import type { Browser } from '../support/browser.js';

/** The targets of every link and form that the page offers under one post. */
function actionsOf(html: string, number: number): string[] {
  const from = html.indexOf(`id="post-${number}"`);
  const article = html.slice(from, html.indexOf('</article>', from));
  return [...article.matchAll(/(?:href|action)="(\/posts\/\d+\/[a-z-]+)"/g)].map(
    ([, path = '']) => path,
  );
}

describe('the actions offered under a post are exactly the permitted ones', () => {
  let site: TestApp;
  let kim: Browser;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'open' });
    await site.make.community({ slug: 'over' });
    for (const slug of ['open', 'over'])
      for (const handle of ['kim', 'lee']) await site.make.join(handle, slug);
    kim = await site.as('kim');
  });
  afterAll(() => site.close());

  /** Expects these kinds of actions under the post, and that each linked page opens. */
  async function expectAlive(thread: string, number: number, kinds: string[]): Promise<void> {
    const { html } = await kim.get(`/t/${thread}`);
    const offered = actionsOf(html, number);
    expect([...new Set(offered.map((path) => path.split('/')[3]))].sort()).toEqual(kinds.sort());
    for (const path of offered.filter((each) => /(edit|take-back|report|strategies)$/.test(each)))
      expect([path, (await kim.get(path)).status]).toEqual([path, 200]);
  }
  const own = async (slug: string, columns: string): Promise<string> => {
    const thread = await site.make.thread({ community: slug, author: 'lee' });
    const post = await site.make.reply({ thread, author: 'kim' });
    await site.make.rows(`update posts set ${columns} where id = $1`, [post]);
    return thread;
  };

  it('one’s own post: edit, withdraw', async () => {
    const thread = await own('open', `body = 'Mine.'`);
    await expectAlive(thread, 2, ['edit', 'take-back', 'strategies']);
  });

  it('one’s own hidden post: neither, since both would be refused', async () => {
    const thread = await own('open', `status = 'hidden'`);
    await expectAlive(thread, 2, ['strategies']);
  });

  it('one’s own post in an archived community: only withdraw, held or not', async () => {
    const thread = await own('over', `body = 'Mine.'`);
    const held = await own('over', `status = 'held', held_for = 'rule', held_at = now()`);
    await site.make.rows(`update communities set archived_at = now() where slug = 'over'`);
    await expectAlive(thread, 2, ['take-back', 'strategies']);
    await expectAlive(held, 2, ['take-back', 'strategies']);
    await expectAlive(thread, 1, ['report', 'strategies']);
    const about = await kim.get('/c/over');
    const links = [...about.html.matchAll(/href="(\/c\/over\/[a-z]+)"/g)].map(
      ([, path = '']) => path,
    );
    for (const path of new Set(links))
      expect([path, (await kim.get(path)).status]).toEqual([path, 200]);
    expect(links).not.toContain('/c/over/card');
    expect(links).not.toContain('/c/over/supporting');
  });

  it('a read-only member’s post: withdraw; no edit and no reaction', async () => {
    const thread = await own('open', `body = 'Mine.'`);
    const reactions = async (): Promise<boolean> =>
      actionsOf((await kim.get(`/t/${thread}`)).html, 1).some((path) =>
        path.endsWith('/reactions'),
      );
    expect(await reactions()).toBe(true);
    expect((await kim.get('/')).html).toContain('href="/c/open/new"');
    await site.make.rows(
      `update members set read_only_until = now() + interval '1 day' where handle = 'kim'`,
    );
    await expectAlive(thread, 2, ['take-back', 'strategies']);
    expect(await reactions()).toBe(false);
    expect((await kim.get('/')).html).not.toContain('href="/c/open/new"');
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ReadAhead } from '../src/http/read-ahead.js';
import { testApp, type TestApp } from './support/app.js';
import type { Browser } from './support/browser.js';

/** Made anew for each page. */
const TOKENS = /name="(?:_csrf|idempotencyKey)" value="[^"]*"/g;

describe('a thread that is read together with the session', () => {
  let site: TestApp;
  let ahead: ReadAhead;
  let slug: string;
  let thread: string;
  let count = 0;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    ahead = site.app.get(ReadAhead);
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    slug = await site.make.community({ slug: `room-${(count += 1)}`, visibility: 'members' });
    thread = await site.make.thread({ community: slug });
  });

  const reader = async (): Promise<{ browser: Browser; handle: string; id: string }> => {
    const handle = `reader-${'abcdefghijklmnop'.charAt(count)}`;
    const id = await site.make.member(handle);
    await site.make.join(handle, slug);
    return { browser: await site.as(handle), handle, id };
  };
  const used = async (work: () => Promise<unknown>): Promise<number> => {
    const before = ahead.counts.used;
    await work();
    return ahead.counts.used - before;
  };

  it('is the same page, from the second request of a session on', async () => {
    const { browser } = await reader();
    const pages: string[] = [];
    const get = async (): Promise<void> => {
      const answer = await browser.get(`/t/${thread}`);
      expect(answer.status).toBe(200);
      pages.push(answer.html.replace(TOKENS, ''));
    };
    expect(await used(get)).toBe(0);
    expect(await used(get)).toBe(1);
    expect(pages[1]).toBe(pages[0]);
    expect(await used(() => browser.get(`/t/${thread}?page=1&reply=1`))).toBe(1);
    expect(await used(() => browser.get(`/t/${thread}?page=x`))).toBe(0);
  });

  it.each<[what: string, change: string, status: number]>([
    ['who left the community', 'delete from memberships where member_id = $1', 404],
    [
      'who was suspended',
      `update members set suspended_until = now() + interval '1 day' where id = $1`,
      403,
    ],
    ['whose session was revoked', 'delete from sessions where member_id = $1', 404],
    ['whose account was closed', 'update members set closed_at = now() where id = $1', 404],
  ])('is not shown to somebody %s since the last request', async (_what, change, status) => {
    const { browser, id } = await reader();
    for (const _ of [1, 2]) expect((await browser.get(`/t/${thread}`)).status).toBe(200);
    await site.make.rows(change, [id]);
    expect((await browser.get(`/t/${thread}`)).status).toBe(status);
    expect((await browser.get(`/t/${thread}`)).status).toBe(status);
  });

  it('shows a new reply and hides what the reader blocks at the next request', async () => {
    const { browser, id } = await reader();
    for (const _ of [1, 2]) await browser.get(`/t/${thread}`);
    const author = `writer-${'abcdefghijklmnop'.charAt(count)}`;
    await site.make.reply({ thread, author, body: 'A word that came later.' });
    expect((await browser.get(`/t/${thread}`)).html).toContain('A word that came later.');
    await site.make.rows(
      'insert into blocks (member_id, blocked_id) select $1, id from members where handle = $2',
      [id, author],
    );
    expect((await browser.get(`/t/${thread}`)).html).toContain('class="fold__note"');
  });

  it('answers for the session that asks, whoever asked before', async () => {
    const { browser } = await reader();
    for (const _ of [1, 2]) expect((await browser.get(`/t/${thread}`)).status).toBe(200);
    await site.make.member(`stranger-${count}`);
    const stranger = await site.as(`stranger-${count}`);
    for (const _ of [1, 2]) expect((await stranger.get(`/t/${thread}`)).status).toBe(404);
    expect((await site.browser().get(`/t/${thread}`)).status).toBe(404);
  });
});

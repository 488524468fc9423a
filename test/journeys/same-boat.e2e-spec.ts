import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

describe('similar threads', () => {
  let site: TestApp;
  let writer: Browser;
  let there: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'here' });
    await site.make.community({ slug: 'inner', visibility: 'members' });
    await site.make.join('writer', 'here');
    there = await site.make.thread({
      community: 'here',
      author: 'other',
      title: 'Awake with the night shift',
      body: 'I lie awake after every night shift.',
    });
    await site.make.thread({
      community: 'here',
      author: 'other',
      title: 'Night shift again',
      body: 'The third night shift this week.',
    });
    await site.make.thread({
      community: 'inner',
      author: 'other',
      title: 'Secret night shift',
      body: 'Among us: night shift.',
    });
    await site.make.strategy({ slug: 'after-a-shift', name: 'After a night shift' });
    writer = await site.as('writer');
  });
  afterAll(() => site.close());

  const text = {
    title: 'Cannot sleep after a night shift',
    body: 'Three in a row "now".',
    kind: 'question',
    replyWish: 'experiences',
    contentWarnings: ['medical-detail', 'other'],
    anonymous: 'on',
    idempotencyKey: 'one',
  };

  it('are shown by a button without script, with the form’s text kept', async () => {
    const answer = await writer.post('/c/here/similar', text, '/c/here/new');
    expect(answer.status).toBe(200);
    const shown = textOf(answer.html);
    for (const words of ['Awake with the night shift', 'Night shift again', 'After a night shift'])
      expect(shown).toContain(words);
    expect(shown).not.toContain('Secret');
    for (const value of ['Three in a row &quot;now&quot;.', 'medical-detail', 'experiences', 'one'])
      expect(answer.html).toContain(`value="${value}"`);
    const back = await writer.get('/c/here/new');
    expect(back.html).toContain('value="Cannot sleep after a night shift"');
    expect(back.html).toContain('Three in a row &quot;now&quot;.');
  });

  it('still allow posting with one more click', async () => {
    const { html } = await writer.post('/c/here/similar', text, '/c/here/new');
    const form = html.slice(html.indexOf('action="/c/here/threads"'));
    const fields = [
      ...form.slice(0, form.indexOf('</form>')).matchAll(/name="([^"]+)" value="([^"]*)"/g),
    ].map(([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"')] as const);
    const posted = await writer.postRaw(
      '/c/here/threads',
      new URLSearchParams(fields as never).toString(),
    );
    expect(posted.location).toMatch(/^\/t\/\d+$/);
    expect((await writer.follow(posted)).html).toContain('Cannot sleep after a night shift');
  });

  it('are an HTML fragment for the script, which saves no draft', async () => {
    await site.make.rows('delete from drafts');
    const { status, html, headers } = await writer.post(
      '/c/here/similar/list',
      { title: text.title, body: '' },
      '/c/here/new',
    );
    expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect(html).toContain('Night shift again');
    expect(html).not.toContain('<html');
    expect(await site.make.rows('select 1 from drafts')).toEqual([]);
  });

  it('are listed beside a thread, without the thread itself', async () => {
    const page = textOf((await site.browser().get(`/t/${there}/similar`)).html);
    expect(page).toContain('Night shift again');
    expect(page.match(/Awake with the night shift/g)?.length).toBe(1);
    expect((await site.browser().get(`/t/${there}`)).html).toContain(`href="/t/${there}/similar"`);
    const [{ id }] = (await site.make.rows(
      `select id from threads where title = 'Secret night shift'`,
    )) as [{ id: string }];
    expect((await site.browser().get(`/t/${id}/similar`)).status).toBe(404);
    expect((await writer.get(`/t/${id}/similar`)).status).toBe(404);
  });

  it.each([
    ['nothing', ''],
    ['special characters', `'; drop & | ! :* "`],
    ['emoji', '😀 😀'],
    ['a very long text', 'night '.repeat(9_000)],
    ['right to left', 'שלום עולם'],
    ['search operators', '-night or -shift "'],
  ])('tolerate %s', async (_what, body) => {
    for (const path of ['/c/here/similar', '/c/here/similar/list'])
      expect((await writer.post(path, { title: '', body }, '/c/here/new')).status).toBe(200);
  });

  it('are available only to those who may post there', async () => {
    expect((await site.browser().post('/c/here/similar', text)).status).toBe(401);
    expect((await (await site.as('stranger')).post('/c/here/similar', text)).status).toBe(403);
  });

  it('tell a member without a verified address to confirm it, not to join', async () => {
    await site.make.member('unverified', { verified: false });
    await site.make.join('unverified', 'here');
    const browser = await site.as('unverified');
    for (const path of ['/c/here/similar', '/c/here/similar/list']) {
      const refused = await browser.post(path, text, '/');
      expect(refused.status).toBe(403);
      expect(textOf(refused.html)).toContain('Confirm your email address first.');
    }
  });
});

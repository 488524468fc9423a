import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const TOKEN = 'dGhpcyBpcyBhIHRva2VuIG9mIGEgdGVzdC4gMTIzNDU';
const OUT = '[private link left out]';

describe('a personal link pasted into a post', () => {
  let site: TestApp;
  let writer: Browser;
  let base: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    base = site.config.baseUrl;
    await site.make.community({ slug: 'open' });
    await site.make.join('writer', 'open');
    writer = await site.as('writer');
  });
  afterAll(() => site.close());

  const stored = async (thread: string, number: number) => {
    const rows = await site.make.rows(
      `select p.id, t.title, p.body, p.summary, p.status, p.version
       from posts p join threads t on t.id = p.thread_id where t.id = $1 and p.number = $2`,
      [thread, number],
    );
    return (
      rows as {
        id: string;
        title: string;
        body: string;
        summary: string;
        status: string;
        version: number;
      }[]
    )[0];
  };

  it('is removed from a new thread, a reply and an edit; all other text stays', async () => {
    const leave = `${base}/unsubscribe/${TOKEN}`;
    const opened = await writer.post(
      '/c/open/threads',
      {
        title: `Is ${base}/verify/${TOKEN} real?`,
        body: `I got this: ${leave}\n\nShould I press it?`,
        summary: `About ${base}/digests/4`,
        kind: 'support',
        replyWish: 'listen',
        guidelinesAcknowledged: 'on',
      },
      '/c/open/new',
    );
    expect(opened.status).toBe(303);
    const thread = (opened.location ?? '').replace('/t/', '');
    expect(await stored(thread, 1)).toMatchObject({
      title: `Is ${OUT} real?`,
      body: `I got this: ${OUT}\n\nShould I press it?`,
      summary: `About ${OUT}`,
      status: 'published',
    });

    const response = await writer.post(
      `/t/${thread}/replies`,
      { body: `Here it is again: <${leave}>.` },
      `/t/${thread}`,
    );
    expect(response.status).toBe(303);
    const reply = await stored(thread, 2);
    expect(reply?.body).toBe(`Here it is again: <${OUT}>.`);

    const edit = `/posts/${reply?.id ?? ''}/edit`;
    const changed = await writer.post(
      edit,
      { body: `Or /reset/${TOKEN} and ${base}/t/${thread}`, version: String(reply?.version) },
      edit,
    );
    expect(changed.status).toBe(303);
    expect((await stored(thread, 2))?.body).toBe(`Or ${OUT} and ${base}/t/${thread}`);

    const page = await site.browser().get(`/t/${thread}`);
    expect(page.html).not.toContain(TOKEN);
    expect(textOf(page.html)).toContain('Should I press it?');
  });

  it('is also removed when the author reviews personal details first', async () => {
    const thread = await site.make.thread({ community: 'open', author: 'writer' });
    const body = `My number is 07700 900123 and my link is ${base}/shared/${TOKEN}`;
    const response = await writer.post(`/t/${thread}/replies`, { body }, `/t/${thread}`);
    expect(response.status).toBe(422);
    const kept =
      /name="body" value="([^"]*07700[^"]*)"[\s\S]*?name="detailsSeen" value="([^"]+)"/.exec(
        response.html,
      );
    const sent = await writer.post(
      `/t/${thread}/replies`,
      { body: kept?.[1] ?? '', detailsSeen: kept?.[2] ?? '' },
      `/t/${thread}`,
    );
    expect(sent.status).toBe(303);
    expect((await stored(thread, 2))?.body).toBe(`My number is 07700 900123 and my link is ${OUT}`);
  });
});

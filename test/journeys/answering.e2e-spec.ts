import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const DANGER = {
  crisis: 'I have decided to end my life tonight.',
  urgent: 'I keep having thoughts of suicide.',
} as const;
const WARM = 'I am so glad you wrote. I am here, and I will read whatever you want to say.';

/** The fields that the form at `action` would send: hidden inputs and text areas. */
function fieldsOf(html: string, action: string): Record<string, string> {
  const forms = [...html.matchAll(/<form[^>]*action="([^"#]+)[^"]*"[^>]*>([\s\S]*?)<\/form>/g)];
  const inside = forms.find(([, to]) => to === action)?.[2] ?? '';
  const hidden = [...inside.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)];
  const boxes = [...inside.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<\/textarea>/g)];
  const all = [...hidden, ...boxes].filter(([, name]) => name !== '_csrf');
  return Object.fromEntries(all.map(([, name = '', value = '']) => [name, value.trim()]));
}

describe('answering a post', () => {
  let site: TestApp;
  let helper: Browser;
  let writer: Browser;
  let guest: Browser;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'nights' });
    for (const handle of ['helper', 'writer', 'third']) await site.make.join(handle, 'nights');
    await site.make.rows(
      `insert into guideline_acknowledgements (member_id, community_id, version)
       select m.id, c.id, c.guidelines_version from members m, communities c
       on conflict do nothing`,
    );
    [helper, writer, guest] = [await site.as('helper'), await site.as('writer'), site.browser()];
  });
  afterAll(() => site.close());

  const boxOf = (html: string, thread: string) => fieldsOf(html, `/t/${thread}/replies`);
  const postOf = async (thread: string, number: number) => {
    const rows = await site.make.rows(
      `select id, status, tier, body, reply_to_number
       from posts where thread_id = $1 and number = $2`,
      [thread, number],
    );
    return (
      rows as {
        id: string;
        status: string;
        tier: string;
        body: string;
        reply_to_number: number | null;
      }[]
    )[0];
  };

  it.each(['crisis', 'urgent'] as const)(
    'of someone in danger (%s) is published and not folded for them',
    async (tier) => {
      const thread = await site.make.thread({
        community: 'nights',
        author: 'writer',
        title: 'Tonight',
        body: DANGER[tier],
      });
      await site.make.rows('update posts set tier = $2 where thread_id = $1', [thread, tier]);
      const page = await helper.get(`/t/${thread}?reply=1`);
      const box = boxOf(page.html, thread);
      expect(box.body).toBe('');
      expect(box.replyTo).toBe((await postOf(thread, 1))?.id);
      expect(page.html).toMatch(
        new RegExp(`<a href="/t/${thread}#post-1">Replying to post 1, writer</a>`),
      );

      const sent = await helper.post(
        `/t/${thread}/replies`,
        { ...box, body: WARM },
        `/t/${thread}`,
      );
      expect(sent.status).toBe(303);
      expect(await postOf(thread, 2)).toMatchObject({
        status: 'published',
        tier: 'none',
        body: WARM,
        reply_to_number: 1,
      });
      for (const reader of [writer, helper, guest, await site.as('third')]) {
        const { html } = await reader.get(`/t/${thread}`);
        const answer = html.slice(html.indexOf('id="post-2"'));
        expect(answer.slice(0, answer.indexOf('</article>')).replaceAll(/>\s+</g, '><')).toContain(
          `<div class="post__body"><div dir="auto"><p>${WARM}</p></div></div>`,
        );
        expect(answer.slice(0, answer.indexOf('</article>'))).not.toContain(DANGER[tier]);
      }
    },
  );

  it('keeps a draft and names the addressee as they are called in that thread', async () => {
    const thread = await site.make.thread({
      community: 'nights',
      author: 'writer',
      alias: 'quiet-lamp',
      body: 'Words of the opening.',
    });
    const place = `/t/${thread}/replies`;
    const opening = await postOf(thread, 1);
    await helper.post(
      '/drafts',
      { place, body: 'half a sentence', replyTo: opening?.id ?? '' },
      `/t/${thread}`,
    );
    for (const path of [`/t/${thread}`, `/t/${thread}?reply=1`]) {
      const { html } = await helper.get(path);
      expect([path, boxOf(html, thread).body]).toEqual([path, 'half a sentence']);
      expect(textOf(html)).toContain('Replying to post 1, quiet-lamp');
    }
    const faulty = await helper.post(
      place,
      { body: '', replyTo: opening?.id ?? '' },
      `/t/${thread}`,
    );
    expect(faulty.status).toBe(422);
    expect(textOf(faulty.html)).toContain('Replying to post 1, quiet-lamp');
    expect(faulty.html).not.toContain('/@writer');
  });

  it('does not name a post that is held, blocked, in another thread or missing', async () => {
    const thread = await site.make.thread({ community: 'nights', author: 'writer' });
    const other = await site.make.reply({
      thread: await site.make.thread({ community: 'nights' }),
      author: 'writer',
    });
    const held = await site.make.reply({
      thread,
      author: 'third',
      body: 'Not for everybody yet.',
    });
    await site.make.rows(`update posts set status = 'held' where id = $1`, [held]);
    await site.make.reply({ thread, author: 'pest', body: 'From a pest.' });
    await site.make.rows(
      `insert into blocks (member_id, blocked_id)
       select a.id, b.id from members a, members b where a.handle = 'helper' and b.handle = 'pest'`,
    );
    for (const number of [2, 3, 99]) {
      const { html } = await helper.get(`/t/${thread}?reply=${number}`);
      expect([number, boxOf(html, thread).replyTo, html.includes('Replying to')]).toEqual([
        number,
        undefined,
        false,
      ]);
    }
    await helper.post(
      '/drafts',
      { place: `/t/${thread}/replies`, body: 'words', replyTo: other },
      `/t/${thread}`,
    );
    expect((await helper.get(`/t/${thread}`)).html).not.toContain('Replying to');
  });

  it('can be referred to by number, which every post shows to everybody', async () => {
    const thread = await site.make.thread({ community: 'nights', author: 'writer' });
    await site.make.reply({ thread, author: 'helper' });
    const gone = await site.make.reply({ thread, author: 'helper' });
    await site.make.rows(
      `update posts set status = 'withdrawn', body = '', body_html = '' where id = $1`,
      [gone],
    );
    for (const reader of [guest, writer, helper]) {
      const { html } = await reader.get(`/t/${thread}`);
      const numbers = [...html.matchAll(/<p class="post__when">(?:<a [^>]*>)?#(\d+)/g)];
      expect(numbers.map(([, number]) => number)).toEqual(['1', '2', '3']);
      for (const number of [1, 2, 3]) expect(html).toContain(`#post-${number}"`);
    }
  });

  it('copies no words of others into a strategy', async () => {
    const thread = await site.make.thread({
      community: 'nights',
      author: 'writer',
      body: 'Somebody else’s line.',
    });
    const post = await site.make.reply({ thread, author: 'helper', body: 'placeholder' });
    await site.make.rows('update posts set body = $2 where id = $1', [
      post,
      '> Somebody else’s line.\n\nI hum low notes.',
    ]);
    const form = await helper.get(`/posts/${post}/make-strategy`);
    expect(fieldsOf(form.html, `/posts/${post}/make-strategy`).steps).toBe('I hum low notes.');
  });
});

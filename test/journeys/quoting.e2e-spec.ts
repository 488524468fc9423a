import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const WORDS = 'The kettle sings at four.';

describe('quoting a post', () => {
  let site: TestApp;
  let helper: Browser;
  let writer: Browser;
  let guest: Browser;
  let thread: string;
  let quoted: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'tea' });
    for (const handle of ['helper', 'writer', 'third']) await site.make.join(handle, 'tea');
    // Backdate the accounts: posts of a new account that writes this much would be held.
    await site.make.rows(`update members set created_at = now() - interval '1 year'`);
    [helper, writer, guest] = [await site.as('helper'), await site.as('writer'), site.browser()];
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    thread = await site.make.thread({ community: 'tea', author: 'third' });
    quoted = await site.make.reply({ thread, author: 'writer', body: WORDS });
  });

  const send = (fields: Record<string, string | string[]>) =>
    helper.post(`/t/${thread}/replies`, fields, `/t/${thread}`);
  /** The HTML of a post on the reader's page. */
  const postOn = async (reader: Browser, number: number, query = ''): Promise<string> => {
    const { html } = await reader.get(`/t/${thread}${query}`);
    const article = html.slice(html.indexOf(`id="post-${number}"`));
    return article.slice(0, article.indexOf('</article>'));
  };
  const quote = (): Promise<unknown> => send({ body: 'I put mine on too.', quotes: quoted });
  const set = (columns: string): Promise<unknown> =>
    site.make.rows(`update posts set ${columns} where id = $1`, [quoted]);

  it('is optional: a link under the post leads to a form that names the quoted post', async () => {
    const plain = (html: string): string => html.replaceAll('&#x3D;', '=');
    const way = /href="([^"]*quote=2[^"]*)"/.exec(plain(await postOn(helper, 2)))?.[1] ?? '';
    expect(way).toBe(`/t/${thread}?quote=2#reply`);
    const { html } = await helper.get(way.replace(/#.*/, ''));
    expect(html).toMatch(new RegExp(`name="quotes" value="${quoted}" checked`));
    expect(textOf(html)).toContain('#2, writer');
    expect(textOf(html)).toContain('Replying to post 2, writer');
    expect(/<textarea[^>]*name="body"[^>]*>([^<]*)</.exec(html)?.[1]?.trim()).toBe('');
    expect(plain(html)).toContain(`href="/t/${thread}?quote=2&amp;quote=1#reply"`);
    expect((await helper.get(`/t/${thread}?quote=no`)).status).toBe(404);
    expect(plain(await postOn(guest, 2))).not.toContain('quote=');
  });

  it('shows the text to everybody who may read it, and stores no copy', async () => {
    expect(await quote()).toMatchObject({ status: 303 });
    for (const reader of [helper, writer, guest]) {
      const post = await postOn(reader, 3);
      expect(post).toContain(`<blockquote dir="auto"><p>${WORDS}</p></blockquote>`);
      expect(textOf(post)).toContain('#2, writer');
    }
    const rows = await site.make.rows(
      `select body, body_html from posts where thread_id = $1 and number = 3`,
      [thread],
    );
    expect(JSON.stringify(rows)).not.toContain('kettle');
    expect((await guest.get('/search?q=kettle')).html).not.toContain('post-3');
  });

  it('keeps the order, shows a post once and at most five', async () => {
    const [{ id: opening }] = (await site.make.rows(
      'select id from posts where thread_id = $1 and number = 1',
      [thread],
    )) as [{ id: string }];
    await send({ body: 'Both.', quotes: [quoted, opening, quoted] });
    const post = await postOn(guest, 3);
    expect(post.match(/<blockquote\b/g)).toHaveLength(2);
    expect(post.indexOf(WORDS)).toBeLessThan(post.indexOf('The opening.'));
    const faulty = await send({
      body: 'Too many.',
      quotes: Array.from({ length: 6 }, (_, n) => String(n + 1)),
    });
    expect(faulty.status).toBe(422);
    expect(faulty.html).toContain('Too many.');
  });

  it('ignores a post of another thread, and keeps the reply', async () => {
    const other = await site.make.reply({ thread: await site.make.thread({}), body: 'Elsewhere.' });
    const faulty = await send({ body: 'My own words.', quotes: other });
    expect(faulty.status).toBe(422);
    expect(faulty.html).toContain('My own words.');
    expect(textOf(faulty.html)).toContain('A post you quoted is no longer here.');
    expect(faulty.html).not.toContain(`name="quotes" value="${other}"`);
  });

  it('follows an edit and says so', async () => {
    await quote();
    await writer.post(
      `/posts/${quoted}/edit`,
      { body: 'It sings at five.', version: '1' },
      `/posts/${quoted}/edit`,
    );
    const post = await postOn(guest, 3);
    expect(post).not.toContain(WORDS);
    expect(post).toContain('It sings at five.');
    expect(textOf(post)).toContain('Edited since it was quoted');
  });

  it.each(['withdrawn', 'hidden', 'held', 'removed'])(
    'is gone when the post is %s',
    async (how) => {
      await quote();
      await set(`status = '${how}'`);
      for (const reader of [helper, guest, writer]) {
        const post = await postOn(reader, 3);
        expect(post).not.toContain(WORDS);
        expect(post).not.toContain('writer');
        expect(textOf(post)).toContain('The quoted post #2 is not shown here.');
      }
    },
  );

  it('hides members-only text from guests and other accounts', async () => {
    await quote();
    await set('members_only = true');
    await site.make.member('outsider');
    expect(await postOn(guest, 3)).not.toContain(WORDS);
    expect(await postOn(await site.as('outsider'), 3)).not.toContain(WORDS);
    expect(await postOn(writer, 3)).toContain(WORDS);
  });

  it('is folded under the content notes of the quoted post', async () => {
    await quote();
    await set(`content_warnings = '{medication}', summary = 'Pills at breakfast'`);
    for (const reader of [guest, helper]) {
      const post = await postOn(reader, 3);
      const fold = post.slice(post.indexOf('<details'), post.indexOf('</details>'));
      expect(fold).toContain(WORDS);
      expect(textOf(fold)).toContain('This post is about: medication and side effects.');
      expect(textOf(fold)).toContain('Pills at breakfast');
    }
    expect((await postOn(writer, 3)).split('<footer')[0]).not.toContain('<details');
  });

  it('is folded if the quoted post is urgent', async () => {
    await quote();
    await set(`tier = 'urgent'`);
    const post = await postOn(guest, 3);
    expect(post.slice(post.indexOf('<details'), post.indexOf('</details>'))).toContain(WORDS);
  });

  it('omits text that the reader muted, by word or by note', async () => {
    await quote();
    const reader = await site.as('third');
    await site.make.rows(
      `insert into muted_words (member_id, word)
       select id, 'kettle' from members where handle = 'third'`,
    );
    const post = await postOn(reader, 3);
    expect(post).not.toContain(WORDS);
    expect(post).toContain('I put mine on too.');
    expect(textOf(post)).toContain('Left out because of your settings.');
    expect(await postOn(guest, 3)).toContain(WORDS);
    await site.make.rows('delete from muted_words');
  });

  it('omits text of anybody the reader blocked, under a handle or an alias', async () => {
    const alias = await site.make.reply({
      thread,
      author: 'hidden-person',
      alias: 'quiet-lamp',
      body: 'Words under an alias.',
    });
    await send({ body: 'I hear you both.', quotes: [quoted, alias] });
    expect(textOf(await postOn(guest, 4))).toContain('#3, quiet-lamp');
    expect(await postOn(guest, 4)).not.toContain('hidden-person');
    const reader = await site.as('blocker');
    await site.make.join('blocker', 'tea');
    await site.make.rows(
      `insert into blocks (member_id, blocked_id)
       select a.id, b.id from members a, members b
       where a.handle = 'blocker' and b.handle = 'writer'`,
    );
    await site.make.rows(
      `insert into alias_blocks (member_id, alias_id)
       select m.id, p.alias_id from members m, posts p where m.handle = 'blocker' and p.id = $1`,
      [alias],
    );
    const post = await postOn(reader, 4);
    for (const words of [WORDS, 'Words under an alias.', 'quiet-lamp'])
      expect(post).not.toContain(words);
    expect(textOf(post)).toContain('A quote from someone whose posts you have hidden.');
    expect(post).toContain('I hear you both.');
    expect((await reader.get(`/t/${thread}?quote=2`)).html).not.toContain('name="quotes"');
  });

  it('leaves a reply to somebody in danger published and unfolded', async () => {
    await set(`body = 'I have decided to end my life tonight.', tier = 'crisis'`);
    await send({ body: 'I am so glad you wrote. I am here.', quotes: quoted });
    expect(
      await site.make.rows(`select status, tier from posts where thread_id = $1 and number = 3`, [
        thread,
      ]),
    ).toEqual([{ status: 'published', tier: 'none' }]);
  });

  it('shows only the quoted post’s own text, truncated if it is long', async () => {
    await set(`body = '> The opening.\n\nMine: ' || repeat('and on ', 200)`);
    await quote();
    const post = await postOn(guest, 3);
    expect(post).not.toContain('The opening.');
    expect(post.length).toBeLessThan(4_000);
    expect(post).toContain(`<a href="/t/${thread}#post-2" aria-label="Read the whole post 2">`);
  });

  it('is saved in a draft', async () => {
    await helper.post(
      '/drafts',
      { place: `/t/${thread}/replies`, body: 'half', quotes: quoted },
      `/t/${thread}`,
    );
    const { html } = await helper.get(`/t/${thread}`);
    expect(html).toMatch(new RegExp(`name="quotes" value="${quoted}" checked`));
  });

  it('typed after ">" is screened as one’s own text unless another post contains it', async () => {
    const detail = 'Ring me on 07700 900123 after tea.';
    const response = await send({ body: `> ${detail}\n\nSo do I.` });
    expect(response.status).toBe(422);
    expect(textOf(response.html)).toContain('07700 900123');
    await set(`body = '${detail}'`);
    expect(await send({ body: `> ${detail}\n\nSo do I.` })).toMatchObject({ status: 303 });
  });

  it('is removed from a post when its author unticks it, and stays otherwise', async () => {
    await quote();
    const [{ id }] = (await site.make.rows(
      'select id from posts where thread_id = $1 and number = 3',
      [thread],
    )) as [{ id: string }];
    const path = `/posts/${id}/edit`;
    const form = await helper.get(path);
    expect(form.html).toMatch(new RegExp(`name="quotes"[^>]*value="${quoted}"[^>]*checked`));
    // A draft saved without the quotation shows it unticked.
    await helper.post('/drafts', { place: path, body: 'Half', draftKey: 'a' }, path);
    const drafted = await helper.get(path);
    expect(drafted.html).toMatch(new RegExp(`name="quotes"[^>]*value="${quoted}"`));
    expect(drafted.html).not.toMatch(new RegExp(`name="quotes"[^>]*value="${quoted}"[^>]*checked`));
    await helper.post('/drafts/discard', { place: path }, path);
    const fields = { body: 'I put mine on too, now.', version: '1' };
    await helper.post(path, { ...fields, quotesOffered: 'on', quotes: quoted }, path);
    expect(await postOn(guest, 3)).toContain(WORDS);
    await helper.post(path, { body: 'Once more.', version: '2' }, path);
    expect(await postOn(guest, 3)).toContain(WORDS);
    await helper.post(path, { body: 'Once more.', version: '3', quotesOffered: 'on' }, path);
    expect(await postOn(guest, 3)).not.toContain(WORDS);
  });

  it('is shown to the moderator of the quoting post', async () => {
    for (let number = 0; number < 6; number += 1)
      await site.make.reply({ thread, author: 'third', body: `Something else, ${number}.` });
    await quote();
    await site.make.join('keeper', 'tea', 'moderator');
    const keeper = await site.as('keeper');
    const [{ id }] = (await site.make.rows(
      'select id from posts where thread_id = $1 order by number desc limit 1',
      [thread],
    )) as [{ id: string }];
    await writer.post(`/posts/${id}/report`, { reason: 'other', note: 'Look.' }, `/t/${thread}`);
    const [{ id: found }] = (await site.make.rows(
      'select id from review_cases where post_id = $1',
      [id],
    )) as [{ id: string }];
    await keeper.post(`/mod/cases/${found}/claim`, {}, `/mod/cases/${found}`);
    const path = `/mod/cases/${found}`;
    const opened = await keeper.follow(await keeper.post(`${path}/read`, { sure: 'on' }, path));
    const page = textOf(opened.html);
    expect(page).toContain(`Post 2 by writer quoted in this post ${WORDS}`);
  });

  it('costs one query per page, however many quotations it has', async () => {
    // Measure a member's page, since guests may get a cached one. Freeze the clock: on a slow
    // machine, expired caches would add queries to the count.
    const cost = async (): Promise<number> => {
      site.clock.freeze();
      const before = site.sql.count;
      await writer.get(`/t/${thread}`);
      return site.sql.count - before;
    };
    await cost();
    const none = await cost();
    expect(await quote()).toMatchObject({ status: 303 });
    const one = await cost();
    expect(await postOn(guest, 3)).toContain(WORDS);
    for (let n = 0; n < 4; n += 1) await quote();
    expect([one, await cost()]).toEqual([none + 1, none + 1]);
  });
});

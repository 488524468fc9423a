import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

describe('a reader’s content preferences', () => {
  let site: TestApp;
  let reader: Browser;
  let noted: string;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'here' });
    await site.make.join('reader', 'here');
    await site.make.join('writer', 'here');
    noted = await site.make.thread({
      community: 'here',
      author: 'writer',
      title: 'About the ward',
      body: 'Long days there.',
      notes: ['medical-detail'],
    });
    await site.make.thread({
      community: 'here',
      author: 'writer',
      title: 'A walk',
      body: 'We met a spider-web on the gate.',
    });
    reader = await site.as('reader');
  });
  afterAll(() => site.close());

  const choose = (fields: Record<string, string>) =>
    reader.post('/settings/reading', fields, '/settings/reading');
  const list = async () => textOf((await reader.get('/c/here')).html);

  it('show both threads, one of them folded, by default', async () => {
    expect(await list()).toContain('About the ward');
    expect((await reader.get(`/t/${noted}`)).html).toContain(
      'This post is about: medical details.',
    );
    expect((await reader.get(`/t/${noted}`)).html).toContain('Long days there.');
  });

  it('open posts with a note that the reader wants open', async () => {
    expect((await choose({ 'note-medical-detail': 'show' })).status).toBe(303);
    expect((await reader.get(`/t/${noted}`)).html).not.toContain(
      'This post is about: medical details.',
    );
    expect((await reader.get('/settings/reading')).html).toMatch(
      /name="note-medical-detail"[\s\S]{0,300}<option value="show" selected>/,
    );
  });

  it('drop posts with a muted note from lists, and send their text only on request', async () => {
    await choose({ 'note-medical-detail': 'hide' });
    expect(await list()).not.toContain('About the ward');
    expect(await list()).toContain('A walk');
    const page = await reader.get(`/t/${noted}`);
    expect(page.html).not.toContain('Long days there.');
    expect(textOf(page.html)).toContain('Left out because of your settings.');
    expect((await reader.get(`/t/${noted}?show=1`)).html).toContain('Long days there.');
    expect((await site.browser().get(`/t/${noted}`)).html).toContain('Long days there.');
  });

  it('match whole words only, including special characters', async () => {
    await choose({ words: 'Spider\nc++ (x|y)*' });
    expect(await list()).not.toContain('A walk');
    await choose({ words: 'spid' });
    expect(await list()).toContain('A walk');
  });

  it('match a word in any spelling, in lists, in threads and in search', async () => {
    const thread = await site.make.thread({
      community: 'here',
      author: 'writer',
      title: 'Lunch by the canal',
      body: 'Two CAFÉS are open there.',
    });
    const other = await site.make.thread({ community: 'here', author: 'writer', title: 'Music' });
    await site.make.reply({ thread: other, author: 'writer', body: 'L’école, with precision.' });
    const searched = async (q: string) =>
      textOf((await reader.get(`/search?q=${encodeURIComponent(q)}`)).html);
    await choose({ words: 'cafe\ncis' });
    expect(await list()).not.toContain('Lunch by the canal');
    expect((await reader.get(`/t/${thread}`)).html).not.toContain('CAFÉS are open');
    expect(await list()).toContain('Music');
    expect(await searched('precision')).toContain('with precision');
    await choose({ words: 'école' });
    expect(await list()).toContain('Lunch by the canal');
    expect((await reader.get(`/t/${other}`)).html).not.toContain('with precision');
    expect(await searched('precision')).not.toContain('with precision');
  });

  it('suppress the notice of a reply with a muted word, but not of the next one', async () => {
    await choose({ words: 'thunder' });
    const own = await site.make.thread({ community: 'here', author: 'reader', title: 'Mine' });
    const writer = await site.as('writer');
    await writer.post(
      `/t/${own}/replies`,
      { body: 'The thunder was loud.', idempotencyKey: 'a' },
      `/t/${own}`,
    );
    await writer.post(
      `/t/${own}/replies`,
      { body: 'Then it was still.', idempotencyKey: 'b' },
      `/t/${own}`,
    );
    const letter = await site.post.next('reader@example.org');
    expect(letter.text).toContain('/notifications/');
    const rows = await site.make.rows(
      `
        select p.body
        from notices n
        join posts p on p.id = n.post_id
        join members m on m.id = n.member_id
        where m.handle = 'reader'
      `,
    );
    expect(rows).toEqual([{ body: 'Then it was still.' }]);
  });

  it('return an invalid list as it was typed', async () => {
    const answer = await choose({ words: 'a\nfine', 'note-suicide': 'hide' });
    expect(answer.status).toBe(422);
    expect(textOf(answer.html)).toContain('each with 2 to 40 characters');
    expect(answer.html).toContain('a\nfine</textarea>');
    expect(answer.html).toMatch(/name="note-suicide"[\s\S]{0,300}<option value="hide" selected>/);
  });
});

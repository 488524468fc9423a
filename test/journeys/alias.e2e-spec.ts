import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

/** Even two strangers who pool everything they can see must not link an alias to a handle. */
describe('an alias', () => {
  let site: TestApp;
  let author: Browser;
  let stranger: Browser;
  const threads: string[] = [];

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'here' });
    for (const handle of ['secret-keeper', 'stranger-one', 'stranger-two'])
      await site.make.join(handle, 'here');
    author = await site.as('secret-keeper');
    stranger = await site.as('stranger-one');
    for (const title of ['First night', 'Second night']) {
      const posted = await author.post(
        '/c/here/threads',
        { title, body: `Words of ${title}`, kind: 'support', replyWish: 'listen', anonymous: 'on' },
        '/c/here/new',
      );
      threads.push((posted.location ?? '').replace('/t/', ''));
    }
  });
  afterAll(() => site.close());

  async function aliasIn(thread: string, browser: Browser): Promise<string> {
    return (
      /id="post-1-who">[\s\S]*?<\/span>\s*([a-z-]+)\s*</.exec(
        (await browser.get(`/t/${thread}`)).html,
      )?.[1] ?? ''
    );
  }

  it('differs from thread to thread', async () => {
    const [first, second] = [
      await aliasIn(threads[0] ?? '', stranger),
      await aliasIn(threads[1] ?? '', stranger),
    ];
    expect(first).toMatch(/^[a-z]+-[a-z]+$/);
    expect(second).toMatch(/^[a-z]+-[a-z]+$/);
    expect(first).not.toBe(second);
  });

  it('stays in use when its author replies without ticking the box', async () => {
    const thread = threads[0] ?? '';
    const alias = await aliasIn(thread, stranger);
    await author.post(`/t/${thread}/replies`, { body: 'Me again.' }, `/t/${thread}`);
    const page = textOf((await stranger.get(`/t/${thread}`)).html);
    expect(page.split(alias).length - 1).toBeGreaterThanOrEqual(2);
    expect(page).not.toContain('secret-keeper');
  });

  it('cannot be taken in a thread where the handle was used', async () => {
    const thread = await site.make.thread({ community: 'here', author: 'third-party' });
    await author.post(`/t/${thread}/replies`, { body: 'Under my name.' }, `/t/${thread}`);
    const refused = await author.post(
      `/t/${thread}/replies`,
      { body: 'Now hidden?', anonymous: 'on' },
      `/t/${thread}`,
    );
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Now hidden?');
  });

  it('never appears with the handle, its ids or its avatar in a page, list, inbox, header or mail', async () => {
    const [member] = (await site.make.rows(
      `select id, avatar_seed from members where handle = 'secret-keeper'`,
    )) as [{ id: string; avatar_seed: string }];
    const { avatarSvg } = await import('../../src/accounts/avatar.js');
    const thread = threads[1] ?? '';
    await stranger.post(`/t/${thread}/follow`);
    await author.post(`/t/${thread}/replies`, { body: 'One more line.' }, `/t/${thread}`);
    const { eventually } = await import('../support/eventually.js');
    await eventually(
      async () =>
        textOf((await stranger.get('/notifications')).html).includes(
          'wrote in a thread you follow',
        ),
      'the notice of the follower',
    );
    const places = [
      `/t/${thread}`,
      `/t/${threads[0] ?? ''}`,
      '/c/here',
      '/c/here?sort=new',
      '/',
      '/notifications',
      '/c/here?sort=unanswered',
    ];
    for (const browser of [stranger, await site.as('stranger-two')]) {
      for (const place of places) {
        const answer = await browser.get(place);
        const all = `${answer.html}\n${JSON.stringify([...answer.headers])}`;
        expect(all).not.toContain('secret-keeper');
        expect(all).not.toContain(avatarSvg(member.avatar_seed));
        expect(all).not.toMatch(new RegExp(`member[-_]?id["'=: ]+${member.id}\\b`, 'i'));
      }
    }
    const letters = JSON.stringify(
      site.post.letters.filter((letter) => letter.to !== 'secret-keeper@example.org'),
    );
    expect(letters).not.toContain('secret-keeper');
  });

  it('is not affected by a block of the handle, and blocking it does not reveal the handle', async () => {
    const thread = threads[0] ?? '';
    await stranger.post('/members/secret-keeper/block');
    expect((await stranger.get(`/t/${thread}`)).html).not.toContain(
      'You have hidden this person’s posts',
    );
    expect((await stranger.get('/c/here')).html).toContain('First night');
    const [post] = (await site.make.rows(
      'select id from posts where thread_id = $1 and number = 1',
      [thread],
    )) as [{ id: string }];
    const other = await site.as('stranger-two');
    expect((await other.post(`/posts/${post.id}/block`)).status).toBe(303);
    const page = (await other.get(`/t/${thread}`)).html;
    expect(page).toContain('You have hidden this person’s posts');
    // A blocked post offers only to unblock.
    expect(page).toContain(`action="/posts/${post.id}/unblock"`);
    expect(page).not.toContain(`action="/posts/${post.id}/block"`);
    const again = await other.follow(await other.post(`/posts/${post.id}/unblock`));
    expect(textOf(again.html)).toContain('You will see that person’s posts again.');
    expect(again.html).not.toContain('You have hidden this person’s posts');
    await other.post(`/posts/${post.id}/block`);
    expect((await other.get(`/t/${threads[1] ?? ''}`)).html).not.toContain(
      'You have hidden this person’s posts',
    );
    expect((await other.get('/@secret-keeper')).html).not.toContain(
      'You have hidden this person’s posts',
    );
    const settings = (await other.get('/settings/privacy')).html;
    expect(textOf(settings)).toContain('First night');
    expect(textOf(settings)).not.toContain('You have not hidden anyone.');
    expect(settings).not.toContain('secret-keeper');
    const undo = /action="(\/settings\/privacy\/aliases\/\d+\/unblock)"/.exec(settings)?.[1];
    await stranger.post(undo ?? '', {}, '/settings/privacy');
    expect((await other.get(`/t/${thread}`)).html).toContain('You have hidden this person’s posts');
    await other.post(undo ?? '', {}, '/settings/privacy');
    expect((await other.get(`/t/${thread}`)).html).not.toContain(
      'You have hidden this person’s posts',
    );
    const undone = (await other.get('/settings/privacy')).html;
    expect(undone).not.toContain('/aliases/');
    expect(textOf(undone)).toContain('You have not hidden anyone.');
  });

  it('is not shown on the profile', async () => {
    const profile = textOf((await (await site.as('stranger-two')).get('/@secret-keeper')).html);
    for (const word of ['First night', 'Second night', await aliasIn(threads[0] ?? '', author)])
      expect(profile).not.toContain(word);
  });
});

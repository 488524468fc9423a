import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

const DAY = 86_400_000;

describe('life in a community', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'open-one', topics: ['Work', 'Home'] });
    await site.make.community({ slug: 'found-one', searchEngines: true });
    await site.make.community({ slug: 'members-one', visibility: 'members' });
    await site.make.community({ slug: 'asking-one', visibility: 'approval' });
    await site.make.community({ slug: 'hidden-one', visibility: 'unlisted' });
    await site.make.join('mod-person', 'asking-one', 'moderator');
    await site.make.join('mod-person', 'open-one', 'moderator');
    for (const handle of ['ann', 'ben']) await site.make.join(handle, 'open-one');
  });
  afterAll(() => site.close());

  it('the directory lists visible communities, and can be searched', async () => {
    const all = textOf((await site.browser().get('/communities')).html);
    expect(all).toContain('The open-one');
    expect(all).toContain('The members-one');
    expect(all).not.toContain('hidden-one');
    const results = textOf((await site.browser().get('/communities?q=work')).html);
    expect(results).toContain('The open-one');
    expect(results).not.toContain('The members-one');
    expect((await site.browser().get('/communities?q=%25')).status).toBe(200);
    const unlisted = textOf((await site.browser().get('/communities?open=unlisted&q=work')).html);
    expect(unlisted).toBe(results);
  });

  it('only communities that let search engines in may be indexed', async () => {
    expect((await site.browser().get('/c/found-one')).html).not.toContain('noindex');
    for (const slug of ['open-one', 'members-one', 'asking-one', 'hidden-one'])
      expect((await site.browser().get(`/c/${slug}`)).html).toContain('noindex');
  });

  it('a members-only thread is a 404 to others, and visible after joining', async () => {
    const thread = await site.make.thread({ community: 'members-one' });
    const cara = await site.as('cara');
    expect((await cara.get(`/t/${thread}`)).status).toBe(404);
    await cara.post('/c/members-one/join');
    expect((await cara.get(`/t/${thread}`)).status).toBe(200);
    await cara.post('/c/members-one/leave');
    expect((await cara.get(`/t/${thread}`)).status).toBe(404);
    const [{ member_count: count }] = (await site.make.rows(
      `select member_count from communities where slug = 'members-one'`,
    )) as [{ member_count: number }];
    expect(count).toBe(0);
  });

  it('fifty concurrent joins create one membership', async () => {
    const dora = await site.as('dora');
    const token = await dora.token();
    await Promise.all(
      Array.from({ length: 50 }, () => dora.postRaw('/c/members-one/join', `_csrf=${token}`)),
    );
    const [{ member_count: count }] = (await site.make.rows(
      `select member_count from communities where slug = 'members-one'`,
    )) as [{ member_count: number }];
    expect(count).toBe(1);
  });

  it('a request to join has a line, and a moderator’s approval lets the member in', async () => {
    const ella = await site.as('ella');
    for (const [note, error] of [
      [' ', 'Write a short note to the moderators first.'],
      [`Why I ask. ${'a'.repeat(1_000)}`, 'Keep your note to 1,000 characters.'],
    ] as const) {
      const refused = await ella.post('/c/asking-one/join', { note }, '/c/asking-one');
      expect(refused.status).toBe(422);
      expect(refused.html).toMatch(
        /<p class="field__error" id="note-error">[^]*<textarea [^>]*id="note"[^>]*aria-invalid="true"/,
      );
      expect(textOf(refused.html)).toContain(error);
      expect(refused.html).toContain(`\n${note}</textarea>`);
    }
    await ella.post('/c/asking-one/join', { note: 'I would like to read along.' });
    expect(textOf((await ella.get('/c/asking-one')).html)).toContain('You have asked to join');
    const moderator = await site.as('mod-person');
    expect(textOf((await moderator.get('/c/asking-one/requests')).html)).toContain(
      'I would like to read along.',
    );
    await moderator.post('/c/asking-one/requests/ella/accept');
    expect((await ella.get('/c/asking-one/new')).status).toBe(200);
  });

  it('an unverified member can read but not post', async () => {
    await site.make.member('fay', { verified: false });
    await site.make.join('fay', 'open-one');
    const thread = await site.make.thread({ community: 'open-one' });
    const fay = await site.as('fay');
    const page = await fay.get(`/t/${thread}`);
    expect(textOf(page.html)).toContain('Confirm your email address first');
    const answer = await fay.post(`/t/${thread}/replies`, { body: 'Hello' });
    expect(answer.status).toBe(403);
    expect(answer.html).toContain('Hello');
  });

  it('a reply refers to its post by number without copying it, even after a withdrawal', async () => {
    const thread = await site.make.thread({
      community: 'open-one',
      author: 'ann',
      body: 'opening words',
    });
    const ben = await site.as('ben');
    const ann = await site.as('ann');
    const answering = await ben.get(`/t/${thread}?reply=1`);
    expect(answering.html).not.toContain('&gt; opening words');
    expect(textOf(answering.html)).toContain('Replying to post 1, ann');
    const [first] = (await site.make.rows('select id from posts where thread_id = $1', [
      thread,
    ])) as [{ id: string }];
    await ben.post(
      `/t/${thread}/replies`,
      { body: 'I hear you.', replyTo: first.id },
      `/t/${thread}`,
    );
    await ann.post(`/t/${thread}/replies`, { body: 'Thank you.' }, `/t/${thread}`);
    const [second] = (await site.make.rows(
      'select id from posts where thread_id = $1 and number = 2',
      [thread],
    )) as [{ id: string }];
    expect((await ann.post(`/posts/${second.id}/delete`)).status).toBe(404);
    expect((await ben.post(`/posts/${second.id}/delete`)).status).toBe(303);
    const page = await site.browser().get(`/t/${thread}`);
    expect(textOf(page.html)).toContain('The author deleted this post.');
    expect(page.html).not.toContain('I hear you.');
    expect(page.html).toContain('id="post-3"');
    const [kept] = (await site.make.rows('select body from post_versions where post_id = $1', [
      second.id,
    ])) as [{ body: string }];
    expect(kept.body).toContain('I hear you.');
  });

  it('detaching a name from a post is permanent', async () => {
    const thread = await site.make.thread({ community: 'open-one', author: 'ann' });
    const reply = await site.make.reply({ thread, author: 'ben', body: 'Said once.' });
    const ben = await site.as('ben');
    await ben.post(`/posts/${reply}/detach`);
    const page = await (await site.as('ann')).get(`/t/${thread}`);
    expect(page.html).toContain('Said once.');
    const post = page.html.slice(page.html.indexOf('id="post-2"'));
    expect(post.slice(0, post.indexOf('</article>'))).not.toContain('ben');
  });

  it('an edit is marked; only the author and moderators see earlier versions', async () => {
    const thread = await site.make.thread({
      community: 'open-one',
      author: 'ann',
      body: 'my address is here',
    });
    const [post] = (await site.make.rows('select id from posts where thread_id = $1', [
      thread,
    ])) as [{ id: string }];
    const ann = await site.as('ann');
    await ann.post(
      `/posts/${post.id}/edit`,
      { body: 'without it', version: '1' },
      `/posts/${post.id}/edit`,
    );
    expect(textOf((await site.browser().get(`/t/${thread}`)).html)).toContain('Edited just now');
    expect((await site.browser().get(`/posts/${post.id}/history`)).html).not.toContain(
      'my address',
    );
    expect((await ann.get(`/posts/${post.id}/history`)).html).toContain('my address');
    expect((await (await site.as('mod-person')).get(`/posts/${post.id}/history`)).html).toContain(
      'my address',
    );
  });

  it('a draft is saved, restored, and deleted once it is posted', async () => {
    const thread = await site.make.thread({ community: 'open-one' });
    const ann = await site.as('ann');
    const place = `/t/${thread}/replies`;
    const kept = await ann.post('/drafts', { place, body: 'half a sentence' }, `/t/${thread}`);
    expect(kept.location).toBe(`/t/${thread}#reply`);
    expect((await ann.get(`/t/${thread}`)).html).toContain('half a sentence');
    expect((await (await site.as('ben')).get(`/t/${thread}`)).html).not.toContain(
      'half a sentence',
    );
    const draftVersion = /name="draftVersion" value="(\d+)"/.exec(
      (await ann.get(`/t/${thread}`)).html,
    )?.[1];
    const sent = { body: 'half a sentence, and the rest', draftVersion: draftVersion ?? '' };
    await ann.post(place, sent, `/t/${thread}`);
    expect((await site.make.rows('select 1 from drafts where place = $1', [place])).length).toBe(0);
  });

  it('a draft can be discarded, and two windows do not overwrite each other', async () => {
    const thread = await site.make.thread({ community: 'open-one' });
    const ann = await site.as('ann');
    const place = `/t/${thread}/replies`;
    const keep = (idempotencyKey: string, body: string, draftVersion = '') =>
      ann.post('/drafts', { place, body, idempotencyKey, draftVersion }, `/t/${thread}`);
    await keep('window-one', 'first words');
    await keep('window-one', 'first words, longer');
    expect((await ann.get('/mine')).html).not.toContain('in another window');
    // Neither window has seen the other's draft: keep both.
    const second = await keep('window-two', 'second words');
    expect(textOf((await ann.follow(second)).html)).toContain('both are below');
    const mine = (await ann.get('/mine')).html;
    expect(mine).toContain('first words, longer');
    expect(mine).toContain('second words');
    expect((await ann.get(`/t/${thread}`)).html).toContain('See both.');
    await ann.post(place, { body: 'second words', idempotencyKey: 'window-two' }, `/t/${thread}`);
    expect((await ann.get(`/t/${thread}`)).html).toContain('first words, longer</textarea>');
    const version = /name="draftVersion" value="(\d+)"/.exec(
      (await ann.get(`/t/${thread}`)).html,
    )?.[1];
    // A window that sends the current draft version updates that draft.
    await keep('window-three', 'words that go on', version);
    expect((await ann.get('/mine')).html).not.toContain('in another window');
    const discard = async (draftVersion: string): Promise<string> => {
      const done = await ann.post('/drafts/discard', { place, draftVersion }, '/mine');
      return textOf((await ann.follow(done)).html);
    };
    const listed = /name="draftVersion" value="(\d+)"/.exec((await ann.get('/mine')).html)?.[1];
    expect(await discard(version ?? '')).toContain('Nothing was deleted');
    expect((await ann.get(`/t/${thread}`)).html).toContain('words that go on</textarea>');
    expect(await discard(listed ?? '')).toContain('The draft is deleted');
    expect((await ann.get(`/t/${thread}`)).html).not.toContain('words that go on');
    await keep('window-four', 'words');
    await keep('window-five', 'other words');
    await ann.post(place, { body: 'words', idempotencyKey: 'window-four' }, `/t/${thread}`);
    expect((await ann.get(`/t/${thread}`)).html).toContain('other words</textarea>');
    const long = await keep('window-five', 'x'.repeat(60_001));
    expect([long.status, long.html.includes('xxx</textarea>')]).toEqual([422, true]);
    await keep('window-five', ' ');
    expect((await site.make.rows('select 1 from drafts where place = $1', [place])).length).toBe(0);
  });

  it('a returned form holds its own input, not what another window saved', async () => {
    const thread = await site.make.thread({ community: 'open-one' });
    const ann = await site.as('ann');
    const place = `/t/${thread}/replies`;
    await ann.post(
      '/drafts',
      { place, body: 'Saved elsewhere', summary: 'Their summary', contentWarnings: 'self-harm' },
      `/t/${thread}`,
    );
    const { status, html } = await ann.post(place, { body: ' ' }, `/t/${thread}`);
    expect(status).toBe(422);
    expect(html).not.toMatch(/value="self-harm"[^>]*checked/);
    expect(html).not.toContain('Saved elsewhere');
    expect(html).not.toContain('Their summary');
    // The stored draft is unchanged.
    expect((await ann.get(`/t/${thread}`)).html).toMatch(/value="self-harm"[^>]*checked/);
  });

  it('reactions toggle, in words and without a score', async () => {
    const thread = await site.make.thread({ community: 'open-one', author: 'ann' });
    const [post] = (await site.make.rows('select id from posts where thread_id = $1', [
      thread,
    ])) as [{ id: string }];
    const ben = await site.as('ben');
    await ben.post(`/posts/${post.id}/reactions`, { kind: 'same-boat' });
    await (await site.as('mod-person')).post(`/posts/${post.id}/reactions`, { kind: 'same-boat' });
    expect(textOf((await site.browser().get(`/t/${thread}`)).html)).toContain(
      'Two others are in the same boat.',
    );
    await ben.post(`/posts/${post.id}/reactions`, { kind: 'same-boat' });
    expect(textOf((await site.browser().get(`/t/${thread}`)).html)).toContain(
      'One other person is in the same boat.',
    );
    expect(
      (await (await site.as('ann')).post(`/posts/${post.id}/reactions`, { kind: 'helped' })).status,
    ).toBe(403);
    // The button of a page states its target, so that pressing it repeatedly is idempotent.
    const given = async (): Promise<string[]> => {
      const { html } = await ben.get(`/t/${thread}`);
      return [...html.matchAll(/name="given" value="([^"]*)"/g)].map(([, kinds = '']) => kinds);
    };
    expect(await given()).toEqual(['', '']);
    const [shown = ''] = await given();
    await Promise.all(
      ['same-boat', 'same-boat'].map((kind) =>
        ben.post(`/posts/${post.id}/reactions`, { kind, given: shown }),
      ),
    );
    expect(await given()).toEqual(['same-boat', 'same-boat']);
    for (const kind of ['same-boat', 'same-boat'])
      await ben.post(`/posts/${post.id}/reactions`, { kind, given: 'same-boat' });
    expect(await given()).toEqual(['', '']);
  });

  it('content notes fold the text behind a neutral line', async () => {
    const ann = await site.as('ann');
    const posted = await ann.post(
      '/c/open-one/threads',
      {
        title: 'About a loss',
        body: 'The words themselves',
        kind: 'support',
        replyWish: 'listen',
        contentWarnings: ['death-and-grief', 'medication'],
        summary: 'My gran, last winter',
      },
      '/c/open-one/new',
    );
    const { html } = await ann.follow(posted);
    const fold = /<details class="fold">[\s\S]*<\/details>/.exec(html)?.[0];
    expect(fold).toMatch(
      /death and grief, medication and side effects[\s\S]*My gran, last winter[\s\S]*The words themselves/,
    );
    expect(textOf((await ann.get('/c/open-one')).html)).toContain('death and grief');
  });

  it('a locked thread accepts replies from moderators only', async () => {
    const thread = await site.make.thread({ community: 'open-one', author: 'ann' });
    const moderator = await site.as('mod-person');
    await moderator.post(`/t/${thread}/lock`);
    const refused = await (
      await site.as('ben')
    ).post(`/t/${thread}/replies`, { body: 'One more thing' });
    expect(refused.status).toBe(403);
    expect(refused.html).toContain('One more thing');
    expect(
      (await moderator.post(`/t/${thread}/replies`, { body: 'A last word.' }, `/t/${thread}`))
        .status,
    ).toBe(303);
    await moderator.post(`/t/${thread}/unlock`);
    expect(
      (
        await (
          await site.as('ben')
        ).post(`/t/${thread}/replies`, { body: 'Back again' }, `/t/${thread}`)
      ).status,
    ).toBe(303);
  });

  it('muting hides a thread and stops its notices; a break defers notices', async () => {
    const thread = await site.make.thread({
      community: 'open-one',
      author: 'ann',
      title: 'Soon muted',
    });
    const ann = await site.as('ann');
    await ann.post(`/t/${thread}/mute`);
    expect((await ann.get('/c/open-one')).html).not.toContain('Soon muted');
    await site.make.member('gus');
    await site.make.join('gus', 'open-one');
    const other = await site.make.thread({
      community: 'open-one',
      author: 'gus',
      title: 'On a break',
    });
    const gus = await site.as('gus');
    const until = new Date(site.clock.ms() + 10 * DAY).toISOString().slice(0, 10);
    expect((await gus.post('/settings/break', { until })).status).toBe(303);
    const third = await site.make.thread({ community: 'open-one', author: 'heard' });
    const ben = await site.as('ben');
    for (const id of [thread, other, third])
      await ben.post(`/t/${id}/replies`, { body: 'Hello there' }, `/t/${id}`);
    await eventually(
      () => site.post.to('heard@example.org').length > 0,
      'the mail of the one who listens',
    );
    const notified = (await site.make.rows(`select distinct thread_id from notices`)) as {
      thread_id: string;
    }[];
    expect(notified.map((row) => row.thread_id)).not.toContain(thread);
    // The notice of the reply is stored but not announced until the break ends.
    expect(notified.map((row) => row.thread_id)).toContain(other);
    expect(site.post.to('gus@example.org')).toEqual([]);
    expect((await gus.get('/')).html).not.toContain('1 new');
    expect((await ben.get('/@gus')).status).toBe(404);
    await gus.post('/settings/break/end');
    expect((await gus.get('/')).html).toContain('1 new');
    expect(textOf((await gus.get('/notifications')).html)).toContain('On a break');
    // Muted threads are listed where they can be unmuted.
    expect(textOf((await ann.get('/mine/threads')).html)).toContain('Soon muted');
    await ann.post(`/mine/threads/${thread}/undo`, {}, '/mine/threads');
    expect((await ann.get('/c/open-one')).html).toContain('Soon muted');
  });

  it('a blocked member’s posts are folded and unlisted, and cause no notices', async () => {
    const hana = await site.as('hana');
    await site.make.join('hana', 'open-one');
    await site.make.member('loud');
    await site.make.join('loud', 'open-one');
    await hana.post('/members/loud/block');
    const theirs = await site.make.thread({
      community: 'open-one',
      author: 'loud',
      title: 'From the loud one',
    });
    expect((await hana.get('/c/open-one')).html).not.toContain('From the loud one');
    expect((await hana.get(`/t/${theirs}`)).html).toContain('You have hidden this person’s posts.');
    const own = await site.make.thread({ community: 'open-one', author: 'hana' });
    const listened = await site.make.thread({ community: 'open-one', author: 'ida' });
    const loud = await site.as('loud');
    for (const id of [own, listened])
      await loud.post(`/t/${id}/replies`, { body: 'Listen to me' }, `/t/${id}`);
    await eventually(
      async () =>
        (await site.make.rows('select 1 from notices where thread_id = $1', [listened])).length > 0,
      'the notice of another',
    );
    expect((await site.make.rows('select 1 from notices where thread_id = $1', [own])).length).toBe(
      0,
    );
  });

  it('threads without a reply come first, on a list of their own and on the home page', async () => {
    const slug = await site.make.community({ slug: 'waiting-room' });
    await site.make.join('joan', slug);
    await site.make.thread({ community: slug, title: 'Nobody yet' });
    const answered = await site.make.thread({ community: slug, title: 'Answered one' });
    await site.make.reply({ thread: answered });
    const joan = await site.as('joan');
    const list = (await joan.get(`/c/${slug}?sort=unanswered`)).html;
    expect(list).toContain('Nobody yet');
    expect(list).not.toContain('Answered one');
    const home = (await joan.get('/')).html;
    expect(home.indexOf('Nobody yet')).toBeGreaterThan(0);
    expect(home.indexOf('Nobody yet')).toBeLessThan(home.indexOf('Answered one'));
  });

  it('lists are paged without gaps or repetition', async () => {
    const slug = await site.make.community({ slug: 'long-list' });
    for (let n = 0; n < 60; n += 1)
      await site.make.thread({ community: slug, title: `Number ${n}.` });
    for (const sort of ['active', 'new', 'unanswered']) {
      const seen: string[] = [];
      let next: string | undefined = `/c/${slug}?sort=${sort}`;
      while (next !== undefined) {
        const { html } = await site.browser().get(next);
        seen.push(...[...html.matchAll(/>(Number \d+\.)</g)].map(([, title]) => title ?? ''));
        next = /rel="next" href="([^"]+)"/
          .exec(html)?.[1]
          ?.replaceAll('&amp;', '&')
          .replaceAll('&#x3D;', '=');
      }
      expect(seen.length).toBe(60);
      expect(new Set(seen).size).toBe(60);
    }
  });

  it('an old thread is marked as such but accepts replies', async () => {
    const thread = await site.make.thread({ community: 'open-one', author: 'ann' });
    await site.make.rows(
      `update threads set last_post_at = now() - interval '9 months' where id = $1`,
      [thread],
    );
    const page = textOf((await (await site.as('ben')).get(`/t/${thread}`)).html);
    expect(page).toContain('you are still welcome to reply');
    expect(page).toContain('Write a reply');
  });

  it('sessions are listed and can be ended; a new password ends all others', async () => {
    const one = await site.as('lou');
    const two = await site.as('lou');
    expect((await two.get('/notifications')).status).toBe(200);
    await one.post('/settings/security/sessions/end-others');
    expect((await two.get('/notifications')).status).toBe(401);
    expect((await one.get('/notifications')).status).toBe(200);
  });
});

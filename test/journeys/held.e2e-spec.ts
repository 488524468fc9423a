import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../src/kernel/database.js';
import { Publishing } from '../../src/posts/publishing.service.js';
import { Screening } from '../../src/triage/screening.js';
import { testApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { textOf, type Browser } from '../support/browser.js';

/** A community that holds members' first posts for review. */
describe('a post that waits', () => {
  let site: TestApp;
  let newcomer: Browser;
  let other: Browser;
  let moderator: Browser;
  let thread = '';

  beforeAll(async () => {
    site = await testApp();
    // Disable screening, which has its own tests.
    site.app.get(Screening).assess = () => ({
      tier: 'none',
      named: 'none',
      signals: [],
      rulesVersion: 'test',
    });
    await site.make.community({ slug: 'gentle' });
    await site.make.rows(
      `
        update communities
        set pre_moderation = 'first-posts', first_posts_count = 2
        where slug = 'gentle'
      `,
    );
    await site.make.join('newcomer', 'gentle');
    await site.make.join('regular', 'gentle');
    await site.make.rows(
      `
        update memberships
        set trusted_at = now()
        where member_id = (select id from members where handle = 'regular')
      `,
    );
    newcomer = await site.as('newcomer');
    other = await site.as('regular');
    await site.make.join('keeper', 'gentle', 'moderator');
    moderator = await site.as('keeper');
  });
  afterAll(() => site.close());

  const publish = (id: string): Promise<void> =>
    site.app.get(Database).inTransaction((tx) => site.app.get(Publishing).publish(tx, id));
  const counts = async (): Promise<object> =>
    (
      (await site.make.rows(
        `
          select c.thread_count as threads, t.reply_count as replies
          from communities c
          join threads t on t.community_id = c.id
          where t.id = $1
        `,
        [thread],
      )) as object[]
    )[0] ?? {};
  const postId = async (number: number): Promise<string> =>
    (
      (await site.make.rows('select id from posts where thread_id = $1 and number = $2', [
        thread,
        number,
      ])) as { id: string }[]
    )[0]?.id ?? '';

  /** Claims the case and decides it, as a moderator does. */
  const decide = async (post: string, fields: Record<string, string>): Promise<void> => {
    const [{ id }] = (await site.make.rows(
      `select id from review_cases where post_id = $1 and state = 'open'`,
      [post],
    )) as [{ id: string }];
    await moderator.post(`/mod/cases/${id}/claim`);
    expect((await moderator.post(`/mod/cases/${id}/decide`, fields)).status).toBe(303);
  };

  it('is shown to its author in its thread, with the reason and the expected time', async () => {
    const posted = await newcomer.post(
      '/c/gentle/threads',
      {
        title: 'Hello from me',
        body: 'My very first words.',
        kind: 'support',
        replyWish: 'listen',
      },
      '/c/gentle/new',
    );
    expect(posted.status).toBe(303);
    thread = (posted.location ?? '').replace('/t/', '');
    const page = textOf((await newcomer.follow(posted)).html);
    expect(page).toContain('My very first words.');
    expect(page).toContain(
      'Your words are saved. Only you and the moderators can see them for now.',
    );
  });

  it('is in no list and on no page of anybody else, and its URL is a 404 to them', async () => {
    for (const browser of [other, site.browser()]) {
      expect((await browser.get(`/t/${thread}`)).status).toBe(404);
      for (const place of ['/c/gentle', '/c/gentle?sort=new', '/c/gentle?sort=unanswered', '/'])
        expect((await browser.get(place)).html).not.toContain('Hello from me');
    }
    expect(await counts()).toEqual({ threads: 0, replies: 0 });
  });

  it('can be edited while it is held', async () => {
    const id = await postId(1);
    const page = await newcomer.get(`/posts/${id}/edit`);
    expect(page.html).toContain('My very first words.');
    expect(
      (
        await newcomer.post(
          `/posts/${id}/edit`,
          { body: 'My first words, put better.', version: '1' },
          `/posts/${id}/edit`,
        )
      ).status,
    ).toBe(303);
    expect(textOf((await newcomer.get(`/t/${thread}`)).html)).toContain(
      'My first words, put better.',
    );
    const reasons = (await site.make.rows(
      `
        select r.source, r.reason
        from case_reasons r
        join review_cases c on c.id = r.case_id
        where c.post_id = $1
        order by r.id
      `,
      [id],
    )) as object[];
    expect(reasons).toEqual([
      { source: 'hold', reason: 'first-post' },
      { source: 'author', reason: 'edited' },
    ]);
  });

  it('is returned to its author with its text, and resubmitted by saving it', async () => {
    const id = await postId(1);
    await decide(id, {
      action: 'return',
      rule: 'kind',
      reason: 'Please leave the street out.',
      message: 'Please leave the street out.',
    });
    expect(textOf((await newcomer.get(`/t/${thread}`)).html)).toContain(
      'A moderator has asked you to change something before others see it.',
    );
    const edit = await newcomer.get(`/posts/${id}/edit`);
    expect(edit.html).toContain('My first words, put better.');
    const version = /name="version" value="(\d+)"/.exec(edit.html)?.[1] ?? '';
    expect(
      (
        await newcomer.post(
          `/posts/${id}/edit`,
          { body: 'My first words, without the street.', version },
          `/posts/${id}/edit`,
        )
      ).status,
    ).toBe(303);
    expect(textOf((await newcomer.get(`/t/${thread}`)).html)).toContain(
      'You changed it after a moderator asked. A moderator will read it again before others see it.',
    );
    expect(
      await site.make.rows(`select 1 from review_cases where post_id = $1 and state = 'open'`, [
        id,
      ]),
    ).toHaveLength(1);
  });

  it('is published in its thread once a moderator approves it', async () => {
    await decide(await postId(1), { action: 'publish', reason: 'Welcome.' });
    expect(textOf((await other.get(`/t/${thread}`)).html)).toContain(
      'My first words, without the street.',
    );
    expect((await other.get('/c/gentle')).html).toContain('Hello from me');
    expect(await counts()).toEqual({ threads: 1, replies: 0 });
    await publish(await postId(1));
    expect(await counts()).toEqual({ threads: 1, replies: 0 });
  });

  it('as a reply has no page, count or notice until it is approved', async () => {
    const own = await site.make.thread({
      community: 'gentle',
      author: 'regular',
      title: 'An older thread',
    });
    for (let n = 0; n < 19; n += 1) await site.make.reply({ thread: own, author: 'regular' });
    thread = own;
    const before = await counts();
    const reply = await newcomer.post(
      `/t/${own}/replies`,
      { body: 'A word of mine.' },
      `/t/${own}`,
    );
    expect(reply.location).toBe(`/t/${own}?page=2#post-21`);
    expect(textOf((await newcomer.get(`/t/${own}?page=2`)).html)).toContain('A word of mine.');
    expect(await counts()).toEqual(before);
    expect((await other.get(`/t/${own}?page=2`)).status).toBe(404);
    expect(textOf((await other.get(`/t/${own}`)).html)).not.toContain('21');
    const answer = await other.post(`/t/${own}/replies`, { body: 'And one of mine.' }, `/t/${own}`);
    expect(answer.location).toBe(`/t/${own}?page=2#post-22`);
    await eventually(
      async () =>
        (await site.make.rows('select 1 from outbox where dispatched_at is null')).length === 0,
      'the relay is through',
    );
    expect(
      await site.make.rows(
        `
          select 1
          from notices n
          join posts p on p.id = n.post_id
          where p.number = 21 and p.thread_id = $1
        `,
        [own],
      ),
    ).toEqual([]);
    await publish(await postId(21));
    const page = textOf((await other.get(`/t/${own}?page=2`)).html);
    expect(page.indexOf('A word of mine.')).toBeLessThan(page.indexOf('And one of mine.'));
    expect(page).toContain('A word of mine.');
    await eventually(
      async () =>
        (
          await site.make.rows(
            `
              select 1
              from notices n
              join posts p on p.id = n.post_id
              where p.number = 21 and p.thread_id = $1
            `,
            [own],
          )
        ).length > 0,
      'the notice of the published reply',
    );
  });

  it('is the last: after the number the community requires, posts are published at once', async () => {
    const posted = await newcomer.post(
      '/c/gentle/threads',
      { title: 'Known by now', body: 'Third words.', kind: 'support', replyWish: 'listen' },
      '/c/gentle/new',
    );
    expect((await other.get(posted.location ?? '')).status).toBe(200);
  });

  it('that others have replied to keeps its thread, with a placeholder and their replies', async () => {
    const answered = await site.make.thread({
      community: 'gentle',
      author: 'regular',
      title: 'Answered',
      body: 'Words that have to wait.',
    });
    await site.make.reply({ thread: answered, author: 'keeper', body: 'An answer that stays.' });
    thread = answered;
    const before = await counts();
    const id = await postId(1);
    await site.app
      .get(Database)
      .inTransaction((tx) => site.app.get(Publishing).hold(tx, id, { why: 'detail', until: null }));
    for (const browser of [newcomer, site.browser()]) {
      const page = textOf((await browser.get(`/t/${answered}`)).html);
      expect(page).not.toContain('Words that have to wait.');
      expect(page).toContain('A moderator is looking at this post.');
      expect(page).toContain('An answer that stays.');
    }
    expect(textOf((await other.get(`/t/${answered}`)).html)).toContain('Words that have to wait.');
    expect(await counts()).toEqual(before);
    await publish(id);
    expect(await counts()).toEqual(before);
    expect(textOf((await newcomer.get(`/t/${answered}`)).html)).toContain(
      'Words that have to wait.',
    );
  });

  it('limited to members is shown to anyone logged in, and to no guest', async () => {
    const open = await site.make.thread({
      community: 'gentle',
      author: 'regular',
      title: 'Open to all',
    });
    const reply = await site.make.reply({
      thread: open,
      author: 'regular',
      body: 'For members alone.',
    });
    const closed = await site.make.thread({
      community: 'gentle',
      author: 'regular',
      title: 'Closed to guests',
    });
    const guest = site.browser();
    expect((await guest.get(`/t/${open}`)).html).toContain('For members alone.');
    expect((await guest.get('/c/gentle')).html).toContain('Closed to guests');
    await site.make.rows('update posts set members_only = true where id = $1 or thread_id = $2', [
      reply,
      closed,
    ]);
    expect((await guest.get(`/t/${open}`)).html).not.toContain('For members alone.');
    expect((await guest.get(`/posts/${reply}/history`)).status).toBe(404);
    expect((await guest.get(`/t/${closed}`)).status).toBe(404);
    expect((await guest.get('/c/gentle')).html).not.toContain('Closed to guests');
    await site.make.member('outsider');
    const outsider = await site.as('outsider');
    expect((await outsider.get(`/t/${open}`)).html).not.toContain('For members alone.');
    expect((await outsider.get(`/posts/${reply}/history`)).status).toBe(404);
    expect((await outsider.get(`/t/${closed}`)).status).toBe(404);
    expect((await outsider.get('/c/gentle')).html).not.toContain('Closed to guests');
    expect((await newcomer.get(`/t/${open}`)).html).toContain('For members alone.');
    expect((await newcomer.get(`/t/${closed}`)).status).toBe(200);
    expect(textOf((await other.get(`/t/${closed}`)).html)).toContain(
      'Only members of this community can see this post.',
    );
  });

  it('that is withdrawn leaves no trace in the counts', async () => {
    await site.make.join('shy', 'gentle');
    const shy = await site.as('shy');
    const posted = await shy.post(
      '/c/gentle/threads',
      { title: 'Second thoughts', body: 'Or not.', kind: 'support', replyWish: 'listen' },
      '/c/gentle/new',
    );
    thread = (posted.location ?? '').replace('/t/', '');
    const before = await counts();
    expect((await shy.post(`/posts/${await postId(1)}/delete`)).status).toBe(303);
    expect(await counts()).toEqual(before);
    await publish(await postId(1));
    expect((await other.get(`/t/${thread}`)).status).toBe(404);
  });
});

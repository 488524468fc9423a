import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

describe('a newcomer’s first conversation', () => {
  let site: TestApp;
  let newcomer: Browser;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'nights', topics: ['Sleep'] });
    await site.make.join('old-hand', 'nights');
    newcomer = site.browser();
  });

  afterAll(() => site.close());

  it('signs up without being signed in', async () => {
    const answer = await newcomer.post(
      '/signup',
      {
        handle: 'new-heron',
        email: 'heron@example.org',
        password: 'four plain words here',
        ageConfirmed: 'on',
        guidelinesAccepted: 'on',
      },
      '/signup',
    );
    expect(answer.status).toBe(303);
    expect(textOf((await newcomer.follow(answer)).html)).toContain('Check your email');
    expect((await newcomer.get('/notifications')).status).toBe(401);
  });

  it('verifies the address with the link in the mail', async () => {
    const letter = await site.post.next('heron@example.org');
    const link = /http\S+\/verify\/\S+/.exec(letter.text)?.[0] ?? '';
    const path = new URL(link).pathname;
    expect((await newcomer.get(path)).status).toBe(200);
    const [before] = (await site.make.rows(
      `select email_verified_at from members where handle = 'new-heron'`,
    )) as [{ email_verified_at: Date | null }];
    expect(before.email_verified_at).toBeNull();
    expect((await newcomer.post(path, {}, path)).location).toBe('/');
    // Verification signs in the browser that signed up.
    expect((await newcomer.get('/notifications')).status).toBe(200);
  });

  it('joins and writes a thread under an alias', async () => {
    expect((await newcomer.post('/c/nights/join')).status).toBe(303);
    const posted = await newcomer.post(
      '/c/nights/threads',
      {
        title: 'Awake again',
        body: 'It is **late** and the street is quiet.',
        kind: 'support',
        replyWish: 'listen',
        contentWarnings: [],
        anonymous: 'on',
        idempotencyKey: 'k1',
      },
      '/c/nights/new',
    );
    expect(posted.status).toBe(303);
    const page = await site.browser().get(posted.location ?? '');
    expect(page.status).toBe(200);
    expect(page.html).toContain('<strong>late</strong>');
    expect(page.html).not.toContain('new-heron');
  });

  it('gets a reply, and a mail about it that gives nothing away', async () => {
    const other = await site.as('old-hand');
    const [thread] = (await site.make.rows(
      `select id from threads where title = 'Awake again'`,
    )) as [{ id: string }];
    const reply = await other.post(
      `/t/${thread.id}/replies`,
      { body: 'I am awake too.', idempotencyKey: 'r1' },
      `/t/${thread.id}`,
    );
    expect(reply.location).toBe(`/t/${thread.id}#post-2`);
    const letter = await site.post.next('heron@example.org', 2);
    const serialised = JSON.stringify(letter);
    for (const secret of [
      'Awake',
      'nights',
      'The nights',
      'old-hand',
      'new-heron',
      'awake too',
      'Sameboat',
    ])
      expect(serialised).not.toContain(secret);
    const link = new URL(/http\S+\/notifications\/\d+/.exec(letter.text)?.[0] ?? '').pathname;
    const opened = await newcomer.get(link);
    expect(opened.location).toBe(`/t/${thread.id}#post-2`);
    expect((await site.browser().get(link)).status).toBe(401);
  });

  it('shows the notice in the inbox, marked as read once the thread is opened', async () => {
    const inbox = await newcomer.get('/notifications');
    expect(textOf(inbox.html)).toContain('old-hand replied in your thread.');
    expect(textOf(inbox.html)).not.toContain('new to you');
  });
});

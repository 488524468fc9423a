import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOUR, MINUTE } from '../../src/kernel/clock.js';
import { Screening } from '../../src/triage/screening.js';
import { ThreadLocks } from '../../src/threads/thread-lock.service.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

describe('a heated thread', () => {
  let site: TestApp;
  let slug: string;
  let thread: string;
  let moderator: Browser;
  let writer: Browser;
  let opener: Browser;

  beforeAll(async () => {
    site = await testApp();
    slug = await site.make.community();
    await site.make.join('opener', slug);
    await site.make.join('writer', slug);
    await site.make.join('looks-after', slug, 'moderator');
    thread = await site.make.thread({ community: slug, author: 'opener' });
    [moderator, writer, opener] = [
      await site.as('looks-after'),
      await site.as('writer'),
      await site.as('opener'),
    ];
  });
  afterAll(() => site.close());

  let sent = 0;
  const reply = (who: Browser, body: string) =>
    who.post(`/t/${thread}/replies`, { body, idempotencyKey: `k${++sent}` }, `/t/${thread}`);

  it('is slowed: a second reply must wait, with its text kept; the opener need not', async () => {
    expect((await moderator.post(`/t/${thread}/slow`, { minutes: '60' })).status).toBe(303);
    expect(textOf((await writer.get(`/t/${thread}`)).html)).toContain(
      'Replies are slowed down here: you can reply once every hour.',
    );
    expect((await reply(writer, 'First words.')).status).toBe(303);
    const soon = await reply(writer, 'Second words.');
    expect(soon.status).toBe(422);
    expect(textOf(soon.html)).toContain('send them in 60 minutes');
    expect(soon.html).toContain('Second words.</textarea>');
    expect((await reply(opener, 'Mine.')).status).toBe(303);
    expect((await reply(opener, 'Mine again.')).status).toBe(303);
    site.clock.move(61 * MINUTE);
    expect((await reply(writer, 'Second words.')).status).toBe(303);
  });

  it('never makes a cry for help wait', async () => {
    await site.make.rows(`update threads set slow_minutes = 1440 where id = $1`, [thread]);
    expect((await reply(writer, 'An ordinary line.')).status).toBe(422);
    const screening = site.app.get(Screening);
    const rules = screening.assess;
    screening.assess = () => ({
      tier: 'urgent',
      named: 'urgent',
      signals: [],
      rulesVersion: 'as if',
    });
    expect((await reply(writer, 'A line that the rules take for a cry for help.')).status).toBe(
      303,
    );
    screening.assess = rules;
  });

  it('is closed for a day, its opener is told, and it reopens automatically', async () => {
    expect((await moderator.post(`/t/${thread}/lock`, { hours: '24' })).status).toBe(303);
    expect(textOf((await writer.get(`/t/${thread}`)).html)).toContain(
      'Closed to new replies until',
    );
    const late = await reply(opener, 'Once more.');
    expect(late.status).toBe(403);
    expect(textOf(late.html)).toMatch(/We could not do this .*Once more\./);
    await eventually(
      async () =>
        textOf((await opener.get('/notifications')).html).includes(
          'closed your thread to new replies',
        ),
      'the notice',
    );
    const locks = site.app.get(ThreadLocks);
    await locks.reopenDue();
    expect((await reply(opener, 'Still too early.')).status).toBe(403);
    site.clock.move(25 * HOUR);
    await locks.reopenDue();
    expect((await reply(opener, 'Calmer now.')).status).toBe(303);
  });

  it('is bookmarked by a reader, which nobody else can see', async () => {
    expect((await writer.post(`/t/${thread}/save`)).status).toBe(303);
    expect((await writer.post(`/t/${thread}/save`)).status).toBe(303);
    expect((await writer.get(`/t/${thread}`)).html).toContain(`/t/${thread}/unsave`);
    expect((await opener.get(`/t/${thread}`)).html).toContain(`action="/t/${thread}/save"`);
    await writer.post(`/t/${thread}/unsave`);
    expect(await site.make.rows('select 1 from thread_saves')).toEqual([]);
  });

  it('is split: replies get a thread of their own, and every link still arrives', async () => {
    const posts = await site.make.all<{ id: string; number: number }>(
      'select id, number from posts where thread_id = $1 order by number',
      [thread],
    );
    const [, first, second] = posts;
    if (first === undefined || second === undefined) throw new Error('no replies');
    const page = `/t/${thread}/split`;
    expect((await moderator.get(`/t/${thread}`)).html).toContain(`href="${page}"`);
    expect((await moderator.get(page)).html).toContain(`name="post" value="${first.id}"`);
    const fields = { title: 'A walk at night', reason: 'It became a talk about walks.' };
    const empty = await moderator.post(page, { ...fields, idempotencyKey: 'split-1' }, page);
    expect(empty.status).toBe(422);
    expect(empty.html).toContain('It became a talk about walks.');

    const sent = { ...fields, post: [first.id, second.id], idempotencyKey: 'split-1' };
    const done = await moderator.post(page, sent, page);
    expect(done.status).toBe(303);
    expect((await moderator.post(page, sent, page)).location).toBe(done.location);
    const made = done.location ?? '';
    const guest = site.browser();
    const fresh = await guest.get(made);
    expect(textOf(fresh.html)).toContain('These posts started in another thread:');
    expect(fresh.html).toContain(`href="/t/${thread}"`);
    expect(fresh.html).toContain('id="post-1"');
    const old = (await guest.get(`/t/${thread}`)).html;
    expect(old).toContain(`id="post-${first.number}"`);
    expect(old).toContain(`href="${made}#post-1"`);
    expect(textOf(old)).toContain('Some replies now have a thread of their own: A walk at night');

    // The reason is for those whom it concerns, and each of them is told.
    expect(fresh.html).not.toContain('It became a talk about walks.');
    expect((await writer.get(made)).html).toContain('It became a talk about walks.');
    await eventually(
      async () =>
        textOf((await writer.get('/notifications')).html).includes(
          'The team moved your reply to a thread of its own.',
        ) || undefined,
      'the notice',
    );
  });

  it('is merged with another one: the choice, a look at both, and every old address arrives', async () => {
    const other = await site.make.thread({
      community: slug,
      author: 'writer',
      title: 'A talk about walks',
    });
    const form = await site.make.post.opening(other);
    const page = `/t/${other}/merge`;
    expect((await moderator.get(`/t/${other}`)).html).toContain(`href="${page}"`);
    expect((await moderator.get(page)).html).toContain(`name="with" value="${thread}"`);
    const wrong = await moderator.get(`${page}?with=${thread}&address=nonsense`);
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('value="nonsense"');
    const confirm = await moderator.get(`${page}?with=${thread}`);
    expect(textOf(confirm.html)).toMatch(/The older thread stays .* newer one .* talk about walks/);
    const sent = { with: thread, reason: 'Both are about walks.', idempotencyKey: 'merge-1' };
    const confirmed = `${page}?with=${thread}`;
    const empty = await moderator.post(page, { ...sent, reason: '' }, confirmed);
    expect(empty.status).toBe(422);
    expect(empty.html).toContain('Say why, in a sentence');

    const guest = site.browser();
    expect((await guest.get(`/t/${other}`)).status).toBe(200);
    const done = await moderator.post(page, sent, confirmed);
    expect(done).toMatchObject({ status: 303, location: `/t/${thread}` });
    expect((await moderator.post(page, sent, `/t/${thread}`)).location).toBe(`/t/${thread}`);
    const { number } = await site.make.one<{ number: number }>(
      'select number from posts where id = $1',
      [form],
    );
    for (const address of [`/t/${other}`, `/t/${other}?show=1`, `/t/${other}?page=3`]) {
      const old = await guest.get(address);
      expect(old.status).toBe(301);
      expect(old.location).toBe(
        address.endsWith('page=3') ? `/t/${thread}` : `/t/${thread}#post-${number}`,
      );
    }
    expect((await guest.get(`/api/v1/threads/${other}`)).location).toBe(
      `/api/v1/threads/${thread}`,
    );
    const merged = await guest.get(`/t/${thread}`);
    expect(textOf(merged.html)).toContain(
      'The posts from here on started in another thread: A talk about walks',
    );
    // A form of the old page is sent on as it is, and a reply arrives at once.
    const followed = await writer.post(`/t/${other}/follow`, {}, `/t/${thread}`);
    expect(followed).toMatchObject({ status: 308, location: `/t/${thread}/follow` });
    const reply = await writer.post(
      `/t/${other}/replies`,
      { body: 'I wrote this while you merged it.', idempotencyKey: 'late-1' },
      `/t/${thread}`,
    );
    expect(reply).toMatchObject({ status: 303, location: `/t/${thread}#post-${number + 1}` });
    await eventually(
      async () =>
        textOf((await writer.get('/notifications')).html).includes(
          'The team merged a thread with another one',
        ) || undefined,
      'the notice',
    );
  });
});

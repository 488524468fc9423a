import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOUR, MINUTE } from '../../src/kernel/clock.js';
import { Screening } from '../../src/triage/screening.js';
import { ThreadLocks } from '../../src/threads/thread-lock.service.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

describe('a heated thread', () => {
  let site: TestApp;
  let thread: string;
  let moderator: Browser;
  let writer: Browser;
  let opener: Browser;

  beforeAll(async () => {
    site = await testApp();
    const slug = await site.make.community();
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
    expect((await reply(opener, 'Once more.')).status).toBe(403);
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
});

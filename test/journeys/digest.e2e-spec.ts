import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY, MINUTE } from '../../src/kernel/clock.js';
import { Digests } from '../../src/digests/digests.service.js';
import { SendDigestsJob } from '../../src/digests/send-digests.job.js';
import { MailSettings } from '../../src/notifications/preferences/mail-settings.service.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

describe('the mailed digest', () => {
  let site: TestApp;
  let job: SendDigestsJob;
  let count = 0;
  let reader: string;
  let slug: string;

  beforeAll(async () => {
    site = await testApp({ workers: false, env: { LOG_LEVEL: 'error' } });
    job = site.app.get(SendDigestsJob);
  });
  afterAll(() => site.close());

  beforeEach(async () => {
    site.post.away = false;
    count += 1;
    reader = `reader-${count}`;
    slug = await site.make.community({ slug: `place-${count}` });
    await site.make.join(reader, slug);
    await site.make.member('writer');
    await safe('yes');
    // Earlier tests moved the site's clock: date the members to its present.
    await site.make.rows('update members set created_at = $1', [site.clock.now()]);
  });

  const idOf = (handle = reader): Promise<string> => site.make.member(handle);
  const address = (): string => `${reader}@example.org`;
  const safe = async (answer: 'yes' | 'no'): Promise<void> =>
    site.app.get(MailSettings).answerSafe(await idOf(), answer);
  async function me(): Promise<Browser> {
    const browser = await site.as(reader);
    await site.make.rows('update sessions set expires_at = $1', [
      new Date(site.clock.ms() + 90 * DAY),
    ]);
    return browser;
  }
  const letters = (): string[] => site.post.to(address()).map(({ text }) => text);

  /** A thread whose timestamps are the site clock's present. */
  async function thread(wishes: Parameters<TestApp['make']['thread']>[0] = {}): Promise<string> {
    const id = await site.make.thread({ community: slug, author: 'writer', ...wishes });
    await site.make.rows('update threads set created_at = $2, last_post_at = $2 where id = $1', [
      id,
      site.clock.now(),
    ]);
    return id;
  }

  /** Moves the clock to the time for which this reader's next digest is scheduled. */
  async function moveToDigestTime(): Promise<void> {
    const [row] = (await site.make.rows(
      'select next_digest_at from mail_settings where member_id = $1',
      [await idOf()],
    )) as [{ next_digest_at: Date | null }];
    if (row.next_digest_at === null) throw new Error('none is planned');
    site.clock.move(row.next_digest_at.getTime() - site.clock.now().getTime() + 1_000);
  }

  async function statuses(): Promise<string[]> {
    return (
      (await site.make.rows('select status from digests where member_id = $1 order by id', [
        await idOf(),
      ])) as { status: string }[]
    ).map(({ status }) => status);
  }

  it('mails only counts, once, with a page of details for the reader alone', async () => {
    await thread({ title: 'Awake again' });
    await thread({ title: 'Still awake' });
    await moveToDigestTime();
    await job.run();
    await job.run();
    expect(letters().length).toBe(1);
    expect(letters()[0]).toContain('2 new conversations');
    expect(letters()[0]).toContain('2 that nobody has replied to yet');
    expect(JSON.stringify(site.post.to(address())[0])).not.toMatch(/awake|place-|writer/i);
    const path = new URL(/http\S+\/digests\/\d+/.exec(letters()[0] ?? '')?.[0] ?? '').pathname;
    const page = textOf((await (await me()).get(path)).html);
    expect(page).toContain('New, and looking for someone to listen');
    expect(page).toContain('Awake again');
    expect(page).toContain('New threads in my communities: Once a week');
    expect((await site.browser().get(path)).status).toBe(401);
    expect((await (await site.as('writer')).get(path)).status).toBe(404);
  });

  it('sends no mail without news, and reports nothing twice', async () => {
    await thread();
    await moveToDigestTime();
    await job.run();
    await moveToDigestTime();
    await job.run();
    expect(letters().length).toBe(1);
    expect(await statuses()).toEqual(['sent', 'empty']);
  });

  it('includes a reply if the reader prefers that, unless it was read before', async () => {
    const browser = await me();
    expect(
      (
        await browser.post(
          '/settings/notifications',
          {
            mailSafe: 'yes',
            reply: 'daily',
            thread: 'never',
            timeZone: 'Asia/Tokyo',
            digestHour: '7',
          },
          '/settings/notifications',
        )
      ).status,
    ).toBe(303);
    const mine = await thread({ author: reader });
    for (let n = 0; n < 2; n += 1)
      await site.make.rows(`update notices set created_at = $2 where id = $1`, [
        await site.make.notice(reader, await site.make.reply({ thread: mine, author: 'writer' })),
        site.clock.now(),
      ]);
    await moveToDigestTime();
    expect(site.clock.now().getUTCHours()).toBe(22);
    await job.run();
    expect(letters()[0]).toContain('Two replies to you');
    await site.make.rows(`update notices set created_at = $2 where id = $1`, [
      await site.make.notice(reader, await site.make.reply({ thread: mine, author: 'writer' })),
      site.clock.now(),
    ]);
    await browser.post('/notifications/read');
    await moveToDigestTime();
    await job.run();
    expect(letters().length).toBe(1);
  });

  describe('leaves out', () => {
    it.each<[string, () => Promise<unknown>]>([
      ['what its reader wrote', () => thread({ author: reader })],
      [
        'a muted thread',
        async () =>
          site.make.rows(
            `insert into thread_follows (thread_id, member_id, level) values ($1, $2, 'muted')`,
            [await thread(), await idOf()],
          ),
      ],
      [
        'a blocked member',
        async () => {
          await site.make.member('pest');
          await site.make.rows(`insert into blocks (member_id, blocked_id) values ($1, $2)`, [
            await idOf(),
            await idOf('pest'),
          ]);
          await thread({ author: 'pest' });
        },
      ],
      [
        'a blocked alias',
        async () => {
          const id = await thread({ author: 'masked', alias: 'quiet-lamp' });
          await site.make.rows(
            `
              insert into alias_blocks (member_id, alias_id)
              select $1, id
              from thread_aliases
              where thread_id = $2
            `,
            [await idOf(), id],
          );
        },
      ],
      [
        'a muted content note',
        async () => {
          await site.make.rows(
            `insert into note_choices (member_id, note, choice) values ($1, 'medication', 'hide')`,
            [await idOf()],
          );
          await thread({ notes: ['medication'] });
        },
      ],
      [
        'a muted word',
        async () => {
          await (await me()).post('/settings/reading', { words: 'kraken' }, '/settings/reading');
          await thread({ body: 'The kraken wakes.' });
        },
      ],
      [
        'an urgent post',
        async () =>
          site.make.rows(`update posts set tier = 'urgent' where thread_id = $1`, [await thread()]),
      ],
      [
        'a held post',
        async () =>
          site.make.rows(`update posts set status = 'held' where thread_id = $1`, [await thread()]),
      ],
      [
        'a hidden thread',
        async () =>
          site.make.rows(`update threads set status = 'hidden' where id = $1`, [await thread()]),
      ],
      [
        'a community the reader has left',
        async () => {
          await thread();
          await site.make.rows('delete from memberships where member_id = $1', [await idOf()]);
        },
      ],
      [
        'a community the reader has turned off',
        async () => {
          await thread();
          await site.make.rows(
            `
              insert into mail_choices (member_id, community_id, kind, frequency)
              select $1, id, 'thread', 'never'
              from communities
              where slug = $2
            `,
            [await idOf(), slug],
          );
        },
      ],
    ])('%s', async (_what, arrange) => {
      // Control: an ordinary thread is in the digest, so that an absence below means something.
      await thread({ author: 'anybody' });
      await moveToDigestTime();
      await job.run();
      await arrange();
      await moveToDigestTime();
      await job.run();
      expect(await statuses()).toEqual(['sent', 'empty']);
      expect(letters().length).toBe(1);
    });
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'mail is no longer safe',
      async () =>
        site.make.rows(`update members set mail_safe = 'no' where id = $1`, [await idOf()]),
      'declined',
    ],
    [
      'the reader is on a break',
      async () =>
        site.make.rows(`update members set break_until = $2 where id = $1`, [
          await idOf(),
          new Date(site.clock.ms() + 30 * DAY),
        ]),
      'declined',
    ],
    [
      'the address is not confirmed',
      async () =>
        site.make.rows(`update members set email_verified_at = null where id = $1`, [await idOf()]),
      'declined',
    ],
    [
      'the account was closed',
      async () =>
        site.make.rows(`update members set closed_at = now() where id = $1`, [await idOf()]),
      'declined',
    ],
  ])('is not sent if %s', async (_what, arrange, status) => {
    await thread();
    await moveToDigestTime();
    await arrange();
    await job.run();
    expect(await statuses()).toEqual([status]);
    expect(letters()).toEqual([]);
  });

  it('is suspended during a pause, and then covers the whole time', async () => {
    await thread();
    await moveToDigestTime();
    await job.run();
    const until = new Date(site.clock.ms() + 20 * DAY);
    await (
      await me()
    ).post(
      '/settings/notifications',
      { mailSafe: 'yes', thread: 'weekly', pausedUntil: until.toISOString().slice(0, 10) },
      '/settings/notifications',
    );
    site.clock.move(10 * DAY);
    await job.run();
    expect(await statuses()).toEqual(['sent']);
    await thread();
    await moveToDigestTime();
    expect(site.clock.ms()).toBeGreaterThan(until.getTime() - DAY);
    await job.run();
    expect(letters().length).toBe(2);
  });

  it('goes out once when two workers send concurrently', async () => {
    await thread();
    await moveToDigestTime();
    const work = async (): Promise<void> => {
      await site.app.get(Digests).due();
      await site.app.get(Digests).sendDue();
    };
    await Promise.all([work(), work(), work()]);
    await work();
    expect(letters().length).toBe(1);
  });

  it('survives a worker that dies between claim and delivery, without loss or a second mail', async () => {
    const others: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const name = `${reader}-${String.fromCharCode(97 + n)}`;
      await site.make.join(name, slug);
      await site.app.get(MailSettings).answerSafe(await idOf(name), 'yes');
      others.push(`${name}@example.org`);
    }
    const all = [address(), ...others];
    await thread();
    await moveToDigestTime();
    await site.app.get(Digests).due();
    const send = site.post.send.bind(site.post);
    let handed = 0;
    // The worker dies after handing over the second mail: the promise of that `send` never
    // settles.
    await new Promise<void>((died) => {
      site.post.send = async (envelope) => {
        await send(envelope);
        handed += 1;
        if (handed < 2) return;
        died();
        await new Promise(() => undefined);
      };
      void site.app.get(Digests).sendDue();
    });
    site.post.send = send;
    await job.run();
    expect(all.flatMap((each) => site.post.to(each)).length).toBe(2);
    site.clock.move(10 * MINUTE);
    await job.run();
    const got = all.map((each) => site.post.to(each).length).sort();
    // The mail in flight is sent again under the same Message-ID, so that recipients can dedupe it.
    expect(got).toEqual([1, 1, 1, 2]);
    const twice = all.map((each) => site.post.to(each)).find((each) => each.length === 2) ?? [];
    expect(twice[0]?.messageId).toBe(twice[1]?.messageId);
    const open = await site.make.rows(`select 1 from digests where status in ('due', 'sending')`);
    expect(open).toEqual([]);
  });

  it('waits while the mail server is down, and goes out once it is back', async () => {
    await thread();
    await moveToDigestTime();
    site.post.away = true;
    await expect(job.run()).rejects.toThrow();
    site.post.away = false;
    site.clock.move(10 * MINUTE);
    await job.run();
    expect(letters().length).toBe(1);
    expect(await statuses()).toEqual(['sent']);
  });

  it('can be unsubscribed with one click from the mail, without logging in', async () => {
    await thread();
    await moveToDigestTime();
    await job.run();
    const [letter] = site.post.to(address());
    const path = new URL(/<(http[^>]+)>/.exec(letter?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '')
      .pathname;
    await site.make.rows('delete from sessions where member_id = $1', [await idOf()]);
    expect((await site.browser().postRaw(path, 'List-Unsubscribe=One-Click')).status).toBe(200);
    await thread();
    site.clock.move(30 * DAY);
    await job.run();
    expect(letters().length).toBe(1);
    // The link still works a year later, and after a change of key.
    site.clock.move(365 * DAY);
    expect((await site.browser().get(path)).status).toBe(200);
  });

  it('sends one last note to a reader long away, and resumes on their return', async () => {
    await site.make.rows(`update members set created_at = $2 where id = $1`, [
      await idOf(),
      site.clock.now(),
    ]);
    site.clock.move(200 * DAY);
    await thread();
    site.clock.move(1_000);
    await site.make.rows('update mail_settings set next_digest_at = $2 where member_id = $1', [
      await idOf(),
      site.clock.now(),
    ]);
    await job.run();
    expect(letters()[0]).toContain('this is the last of these emails for now');
    site.clock.move(60 * DAY);
    await thread();
    await job.run();
    expect(letters().length).toBe(1);
    await site.make.session(reader);
    await site.make.rows('update sessions set last_seen_at = $2 where member_id = $1', [
      await idOf(),
      site.clock.now(),
    ]);
    await job.run();
    await moveToDigestTime();
    await thread();
    await moveToDigestTime();
    await job.run();
    expect(letters().length).toBe(2);
    expect(letters()[1]).toContain('Here is what is new.');
  });

  it('asks once a year whether mail is still safe to receive', async () => {
    await site.make.rows(`update members set mail_safe_at = $2 where id = $1`, [
      await idOf(),
      new Date(site.clock.ms() - 366 * DAY),
    ]);
    await thread();
    await moveToDigestTime();
    await job.run();
    expect(letters()[0]).toContain('is email still a safe way to reach you?');
    expect(textOf((await (await me()).get('/notifications')).html)).toContain(
      'Is email still safe for you?',
    );
  });

  it('names titles if the reader chose so, except those with a content note', async () => {
    const browser = await me();
    await browser.post(
      '/settings/notifications',
      { mailSafe: 'yes', thread: 'weekly', content: 'on', subject: 'note' },
      '/settings/notifications',
    );
    await thread({ title: 'Awake again' });
    await thread({ title: 'Not to be met', notes: ['medication'] });
    await moveToDigestTime();
    await job.run();
    const [letter] = site.post.to(address());
    expect(letter?.subject).toBe('A note for you');
    expect(letter?.text).toContain('Awake again');
    expect(letter?.html).toContain('Awake again');
    expect(letter?.text).toContain('A thread with a content note');
    expect(JSON.stringify(letter)).not.toContain('Not to be met');
  });

  it('can be previewed, with the reason for it', async () => {
    const browser = await me();
    expect(textOf((await browser.get('/digests/next')).html)).toContain(
      'There is nothing new, so we would not send an email.',
    );
    await thread({ title: 'Just written' });
    site.clock.move(1_000);
    const text = textOf((await browser.get('/digests/next')).html);
    expect(text).toContain('One new conversation');
    expect(text).toContain('Just written');
    expect(text).toContain('Why you are getting this');
    expect(await statuses()).toEqual([]);
  });
});

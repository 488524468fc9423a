import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.js';
import { NoticeMails } from '../../src/notifications/email/notice-mails.service.js';
import { UnreadStreams } from '../../src/notifications/inbox/unread-streams.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, withoutTokens, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

const ONE_CLICK = 'List-Unsubscribe=One-Click';
const DISPOSITION = 'Content-Disposition: form-data; name="List-Unsubscribe"';

describe('notification mails', () => {
  let site: TestApp;
  let ann: Browser;
  let thread: string;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'nights' });
    for (const handle of ['ann', 'bob']) await site.make.join(handle, 'nights');
    thread = await site.make.thread({ community: 'nights', author: 'ann', title: 'Awake again' });
    ann = await site.as('ann');
  });
  afterAll(() => site.close());

  /** All fields of the settings form, with some changed. */
  const settings = (
    changed: Record<string, string | string[]> = {},
  ): Record<string, string | string[]> => ({
    mailSafe: 'yes',
    reply: 'at-once',
    follow: 'never',
    thread: 'never',
    team: 'never',
    own: 'never',
    timeZone: 'UTC',
    digestDay: '7',
    digestHour: '9',
    quietFrom: '',
    quietTo: '',
    pausedUntil: '',
    sender: 'messages',
    subject: 'message',
    ...changed,
  });

  async function reply(by = 'bob'): Promise<void> {
    const [{ count: before }] = (await site.make.rows(
      'select count(*)::int as count from notices',
    )) as [{ count: number }];
    const browser = await site.as(by);
    expect(
      (
        await browser.post(
          `/t/${thread}/replies`,
          { body: 'A word.', idempotencyKey: `k${before}-${Math.random()}` },
          `/t/${thread}`,
        )
      ).status,
    ).toBe(303);
    await eventually(
      async () =>
        (
          (await site.make.rows('select count(*)::int as count from notices')) as [
            { count: number },
          ]
        )[0].count > before,
      'a notice',
    );
  }

  /** Waits until every notice is mailed, included in a mail or deferred. */
  async function noticesHandled(): Promise<void> {
    await eventually(
      async () =>
        (
          await site.make.rows(
            `
              select 1
              from notices n
              where n.mail_id is null
                and n.mail_at is null
                and n.read_at is null
                and n.kind like 'reply-to%'
                and n.member_id = (select id from members where handle = 'ann')
            `,
          )
        ).length === 0,
      'all decided',
    );
  }

  it('a burst of replies sends one mail now and one in ten minutes', async () => {
    await reply();
    await site.post.next('ann@example.org');
    for (let n = 0; n < 3; n += 1) await reply();
    await noticesHandled();
    expect(site.post.to('ann@example.org').length).toBe(1);
    site.clock.move(11 * MINUTE);
    await site.app.get(NoticeMails).mailWaiting();
    await site.app.get(NoticeMails).mailWaiting();
    const [, second, ...more] = site.post.to('ann@example.org');
    expect(more).toEqual([]);
    expect(second?.text).toContain('3 things are waiting for you.');
    expect(second?.text).toMatch(/\/notifications\n/);
  });

  it('quiet hours defer a mail until the next morning', async () => {
    const hour = site.clock.now().getUTCHours();
    const [from, to] = [String(hour), String((hour + 8) % 24)];
    const digestHour = String((hour + 12) % 24);
    expect(
      (
        await ann.post(
          '/settings/notifications',
          settings({ quietFrom: from, quietTo: to, digestHour, privateWord: 'blue kettle' }),
          '/settings/notifications',
        )
      ).status,
    ).toBe(303);
    await ann.post('/notifications/read');
    site.clock.move(15 * MINUTE);
    const before = site.post.to('ann@example.org').length;
    await reply();
    await noticesHandled();
    expect(site.post.to('ann@example.org').length).toBe(before);
    await site.app.get(NoticeMails).mailWaiting();
    expect(site.post.to('ann@example.org').length).toBe(before);
    site.clock.move(8 * HOUR);
    await site.app.get(NoticeMails).mailWaiting();
    expect(site.post.to('ann@example.org').length).toBe(before + 1);
  });

  it('a mail ends with the word that its reader chose, which says nothing else', async () => {
    const [first] = site.post.to('ann@example.org');
    const last = site.post.to('ann@example.org').at(-1);
    expect(first?.text).not.toContain('Your word');
    expect(last?.text).toMatch(/\nYour word: blue kettle\n\n--\n/);
    expect(last?.html).toContain('Your word: blue kettle');
    const { status, html } = await ann.post(
      '/settings/notifications',
      settings({ privateWord: 'see https://example.org' }),
      '/settings/notifications',
    );
    expect(status).toBe(422);
    expect(html).toContain('Use up to 40 letters');
  });

  it('a mail carries a List-Unsubscribe header, and GET on its link changes nothing', async () => {
    const letter = site.post.to('ann@example.org')[0];
    expect(letter?.headers['List-Unsubscribe-Post']).toBe(ONE_CLICK);
    const path = new URL(/<(http[^>]+)>/.exec(letter?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '')
      .pathname;
    expect(letter?.text).toContain(path);
    const stranger = site.browser();
    const page = await stranger.get(path);
    expect(page.status).toBe(200);
    const text = textOf(page.html);
    expect(text).toContain('This link is for: Replies to me');
    expect(text).toContain('Replies to me: Straight away');
    expect(text).not.toMatch(/ann|example\.org|nights/);
    for (let n = 0; n < 3; n += 1) await stranger.get(path);
    expect(textOf((await ann.get('/settings/notifications')).html)).toContain(
      'We send emails to ann@example.org',
    );
    expect(await site.make.rows(`select frequency from mail_choices where kind = 'reply'`)).toEqual(
      [{ frequency: 'at-once' }],
    );
  });

  it('one click unsubscribes without log-in, cookie or CSRF token, and is idempotent', async () => {
    await ann.post(
      '/settings/notifications',
      settings({ thread: 'weekly', communities: ['nights reply at-once'] }),
      '/settings/notifications',
    );
    const letter = site.post.to('ann@example.org')[0];
    const path = new URL(/<(http[^>]+)>/.exec(letter?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '')
      .pathname;
    for (let n = 0; n < 2; n += 1) {
      const answer = await site.browser().postRaw(path, ONE_CLICK, {
        origin: 'https://mail.example',
        'sec-fetch-site': 'cross-site',
      });
      expect(answer.status).toBe(200);
      expect(textOf(answer.html)).toContain('These emails are off.');
      expect(textOf(answer.html)).toContain('New threads in my communities: Once a week');
    }
    const before = site.post.to('ann@example.org').length;
    site.clock.move(DAY);
    await ann.post('/notifications/read');
    await reply();
    await eventually(
      async () =>
        (
          await site.make.rows(
            `select 1 from outbox where event = 'notice.made' and dispatched_at is null`,
          )
        ).length === 0,
      'carried',
    );
    await site.app.get(NoticeMails).mailWaiting();
    expect(site.post.to('ann@example.org').length).toBe(before);
  });

  it('the unsubscribe page offers alternatives', async () => {
    const letter = site.post.to('ann@example.org')[0];
    const path = new URL(/<(http[^>]+)>/.exec(letter?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '')
      .pathname;
    const stranger = site.browser();
    const paused = await stranger.postRaw(path, 'choice=pause');
    expect(paused.status).toBe(303);
    expect(textOf((await stranger.follow(paused)).html)).toContain('All emails are paused until');
    expect((await stranger.postRaw(path, 'choice=keep')).status).toBe(303);
    expect(textOf((await stranger.get(path)).html)).not.toContain('paused until');
    expect((await stranger.postRaw(path, 'choice=all')).status).toBe(303);
    expect(textOf((await stranger.get(path)).html)).toContain(
      'Nothing is on, except what keeps your account safe',
    );
  });

  it.each(['x', 'x'.repeat(43), '..%2F..'])(
    'an invalid unsubscribe link says so and changes nothing: %s',
    async (token) => {
      for (const answer of [
        await site.browser().get(`/unsubscribe/${token}`),
        await site.browser().postRaw(`/unsubscribe/${token}`, ONE_CLICK),
      ])
        expect(answer.status).toBe(404);
    },
  );

  it.each([
    ['multipart/form-data; boundary=b', `--b\r\n${DISPOSITION}\r\n\r\nOne-Click\r\n--b--\r\n`],
    ['text/plain', ONE_CLICK],
    ['application/json', '{"List-Unsubscribe":"One-Click"}'],
    ['application/octet-stream', ''],
    ['multipart/form-data', 'no boundary'],
  ])('one-click unsubscribe accepts a request body sent as %s', async (type, body) => {
    await ann.post('/settings/notifications', settings(), '/settings/notifications');
    const letter = site.post.to('ann@example.org').at(-1);
    const path = /\/unsubscribe\/[\w-]+/.exec(letter?.headers['List-Unsubscribe'] ?? '')?.[0] ?? '';
    const frequency = async (): Promise<string> =>
      textOf((await site.browser().get(path)).html).includes('Replies to me: Straight away')
        ? 'at once'
        : 'never';
    expect(await frequency()).toBe('at once');
    const answer = await site.browser().postRaw(path, body, { 'content-type': type });
    expect(answer.status).toBe(200);
    expect(await frequency()).toBe('never');
  });

  it('a member for whom mail is not safe gets none, but still gets notices', async () => {
    expect(
      (
        await ann.post(
          '/settings/notifications',
          settings({ mailSafe: 'no', thread: 'daily' }),
          '/settings/notifications',
        )
      ).status,
    ).toBe(303);
    const before = site.post.to('ann@example.org').length;
    site.clock.move(DAY);
    await reply();
    const notices = (await site.make.rows(
      `
        select n.id
        from notices n
        join members m on m.id = n.member_id
        where m.handle = 'ann' and n.read_at is null
      `,
    )) as { id: string }[];
    expect(notices.length).toBeGreaterThan(0);
    for (const { id } of notices) await site.app.get(NoticeMails).mail(id);
    await site.app.get(NoticeMails).mailWaiting();
    expect(site.post.to('ann@example.org').length).toBe(before);
    expect(textOf((await ann.get('/notifications')).html)).toContain('new to you');
    const forgot = await site.browser().post('/forgot', { email: 'ann@example.org' }, '/forgot');
    expect(forgot.status).toBe(303);
    const letter = await site.post.next('ann@example.org', before + 1);
    expect(letter.headers['List-Unsubscribe']).toBeUndefined();
    const [plan] = (await site.make.rows(
      `
        select next_digest_at
        from mail_settings
        where member_id = (select id from members where handle = 'ann')
      `,
    )) as [{ next_digest_at: Date | null }];
    expect(plan.next_digest_at).toBeNull();
  });

  it('the settings form rejects unknown values, keeps its input and says what to do', async () => {
    const wrong: [Record<string, string | string[]>, string][] = [
      [{ mailSafe: '' }, 'Choose whether email is safe for you.'],
      [{ quietFrom: '22' }, 'Choose both hours, or neither.'],
      [{ quietFrom: '8', quietTo: '12' }, 'That hour is within your quiet hours.'],
      [{ pausedUntil: '2020-01-01' }, 'Choose a day between tomorrow and a year from now'],
      [{ pausedUntil: 'soon' }, 'Choose a day between tomorrow and a year from now'],
      [{ reply: 'hourly' }, 'Check this field.'],
      [{ timeZone: 'Mars/Olympus' }, 'Check this field.'],
      [{ digestHour: '24' }, 'Check this field.'],
      [{ digestHour: '' }, 'Check this field.'],
      [{ communities: ['nights; drop'] }, 'Check this field.'],
    ];
    for (const [changed, words] of wrong) {
      const answer = await ann.post(
        '/settings/notifications',
        settings({ subject: 'hello', ...changed }),
        '/settings/notifications',
      );
      expect([changed, answer.status]).toEqual([changed, 422]);
      expect(textOf(answer.html)).toContain(words);
      expect(answer.html).toMatch(/value="hello" checked/);
    }
    // Ignores a community that the member is not in; one that is listed twice counts once.
    await site.make.community({ slug: 'elsewhere' });
    const done = await ann.post(
      '/settings/notifications',
      settings({
        communities: ['elsewhere thread daily', 'nights thread daily', '', 'nights thread weekly'],
      }),
      '/settings/notifications',
    );
    expect(done.status).toBe(303);
    expect(
      await site.make.rows(
        `select c.slug, w.frequency from mail_choices w join communities c on c.id = w.community_id`,
      ),
    ).toEqual([{ slug: 'nights', frequency: 'weekly' }]);
  });

  it('a member who chose so gets a mail about each new thread at once', async () => {
    await ann.post(
      '/settings/notifications',
      settings({ communities: ['nights thread at-once'] }),
      '/settings/notifications',
    );
    const before = site.post.to('ann@example.org').length;
    site.clock.move(DAY);
    await ann.post('/notifications/read');
    const bob = await site.as('bob');
    expect(
      (
        await bob.post(
          '/c/nights/threads',
          { title: 'A new one', body: 'Words', kind: 'support', replyWish: 'listen' },
          '/c/nights/new',
        )
      ).status,
    ).toBe(303);
    const letter = await site.post.next('ann@example.org', before + 1);
    expect(withoutTokens(JSON.stringify(letter))).not.toMatch(/A new one|nights|bob/);
    expect(textOf((await ann.get('/notifications?kind=following')).html)).toContain(
      'bob started a thread in one of your communities.',
    );
  });

  it('an open page receives a new message over its event stream; nobody else does', async () => {
    const stream = (cookie: string): Promise<Response> =>
      fetch(`${site.url}/notifications/stream`, {
        headers: { accept: 'text/event-stream', cookie, 'accept-language': 'en' },
      });
    expect((await stream('')).status).toBe(401);
    const open = await stream(`session=${await site.make.session('cleo')}`);
    expect(open.headers.get('content-type')).toBe('text/event-stream');
    const lines = open.body?.getReader();
    await lines?.read();
    await site.make.rows(
      `
        insert into notices (member_id, kind, subject_id)
        select id, 'look-back', 3
        from members
        where handle = 'cleo'
      `,
    );
    await site.app.get(UnreadStreams).poll();
    const said = (await lines?.read())?.value as Uint8Array | undefined;
    expect(new TextDecoder().decode(said)).toBe('data: {"count":1,"label":"Inbox (1 new)"}\n\n');
    await lines?.cancel();
  });

  it('the choices made when joining apply from the first day', async () => {
    for (const [handle, mailSafe] of [
      ['says-yes', 'yes'],
      ['says-no', 'no'],
      ['says-nothing', ''],
    ] as const) {
      await site.browser().post(
        '/signup',
        {
          handle,
          email: `${handle.slice(5)}@mail.example`,
          password: 'four plain words here',
          ageConfirmed: 'on',
          guidelinesAccepted: 'on',
          mailSafe,
        },
        '/signup',
      );
    }
    const plan = async (): Promise<unknown[]> =>
      site.make.rows(
        `
          select m.handle::text, m.mail_safe, s.weekly, s.next_digest_at is not null as planned
          from members m
          join mail_settings s on s.member_id = m.id
          where m.handle::text like 'says-%'
          order by 1
        `,
      );
    expect(
      await eventually(async () => {
        const rows = await plan();
        return rows.length === 3 && rows;
      }, 'three plans'),
    ).toEqual([
      { handle: 'says-no', mail_safe: 'no', weekly: false, planned: false },
      { handle: 'says-nothing', mail_safe: null, weekly: false, planned: false },
      { handle: 'says-yes', mail_safe: 'yes', weekly: true, planned: true },
    ]);
  });
});

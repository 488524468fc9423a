import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.js';
import { RateLimits } from '../../src/http/rate-limit.js';
import { TooManyRequests } from '../../src/kernel/errors.js';
import { Logger } from '../../src/kernel/logger.js';
import { NoticeMails } from '../../src/notifications/email/notice-mails.service.js';
import { ReplyByMail } from '../../src/reply-by-mail/reply-by-mail.service.js';
import { timeBudget } from '../../src/kernel/time-budget.js';
import { Screening } from '../../src/triage/screening.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, withoutTokens } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

const SECRET = 'only our mail server knows';
let count = 0;

describe('a reply by mail', () => {
  let site: TestApp;
  let thread: string;
  let address: string;

  beforeAll(async () => {
    site = await testApp({
      env: {
        MAIL_INTAKE_SECRET: SECRET,
        REPLY_BY_MAIL: 'on',
        MAIL_REPLY_ADDRESS: 'reply@boat.example',
      },
    });
    // A busy machine may exceed the time limit of production.
    jest
      .spyOn(site.app.get(Screening), 'budget')
      .mockImplementation(() => timeBudget(site.clock, MINUTE));
    await site.make.community({ slug: 'nights' });
    for (const handle of ['ann', 'bob']) await site.make.join(handle, 'nights');
    thread = await site.make.thread({
      community: 'nights',
      author: 'ann',
      title: 'Awake again',
      alias: 'quiet-lamp',
    });
    await site.make.rows(
      `
        insert into guideline_acknowledgements (member_id, community_id, version)
        select m.id, c.id, c.guidelines_version
        from members m, communities c
        on conflict
        do nothing
      `,
    );
    // Backdate the accounts: a new account may not post as often as these tests do.
    await site.make.rows(`update members set created_at = created_at - interval '9 days'`);
    await site.app
      .get(NoticeMails)
      .mail(await site.make.notice('ann', await site.make.reply({ thread, author: 'bob' })));
    address = site.post.to('ann@example.org')[0]?.replyTo ?? '';
  });
  afterAll(() => site.close());

  const mail = (body: string, headers: Record<string, string> = {}): string =>
    Object.entries({
      From: 'Ann <ann@example.org>',
      To: address,
      Subject: 'Re: You have a message',
      'Message-ID': `<m${++count}@mail.example>`,
      'MIME-Version': '1.0',
      'Content-Type': 'text/plain; charset=utf-8',
      ...headers,
    })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('') + `\r\n${body}`;
  async function handBody(body: object): Promise<string> {
    const answer = await site.browser().postRaw('/webhooks/mail/replies', JSON.stringify(body), {
      'content-type': 'application/json',
      authorization: `Bearer ${SECRET}`,
    });
    expect(answer.status).toBe(200);
    return (JSON.parse(answer.html) as { outcome: string }).outcome;
  }
  const hand = (raw: string): Promise<string> => handBody({ raw });
  const emailsThat = (say: string) =>
    site.post.to('ann@example.org').filter(({ text }) => text.includes(say));
  /** Delivers a plea and waits for the neutral email about it. @returns the notice */
  async function noticeOf(plea: string, outcome: string): Promise<{ id: string; kind: string }> {
    await site.make.rows('delete from notices');
    // At most one such email goes out in an hour.
    site.clock.move(HOUR);
    const before = emailsThat('has arrived').length;
    expect(await hand(mail(plea))).toBe(outcome);
    const email = await eventually(
      () => emailsThat('has arrived')[before],
      'a mail that it arrived',
    );
    expect(withoutTokens(`${email.subject}${email.text}`)).not.toMatch(
      /Awake|nights|quiet-lamp|thread|post\b|moderator|end my life|crisis|help/i,
    );
    const [notice] = (await site.make.rows('select id, kind from notices')) as [
      { id: string; kind: string },
    ];
    return notice;
  }
  const posts = async (): Promise<number> =>
    ((await site.make.rows('select count(*)::int as count from posts')) as [{ count: number }])[0]
      .count;

  it('has an opaque address for each reader and thread', () => {
    expect(address).toMatch(/^reply\+[0-9a-f]{40}@boat\.example$/);
  });

  it('is posted once, without quotation and attachments, under the thread’s alias', async () => {
    const parts =
      mail('', { 'Content-Type': 'multipart/mixed; boundary=b' }) +
      [
        '--b',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'I read this on the train.',
        '',
        'On Mon, 1 Jun 2026 at 10:00, Messages <post@boat.example> wrote:',
        '> Something is waiting for you.',
        '',
        '--b',
        'Content-Type: text/html',
        '',
        '<p>Another text<script>x</script></p>',
        '--b',
        'Content-Type: image/png',
        'Content-Disposition: attachment; filename=me.png',
        '',
        'AAAA',
        '--b--',
        '',
      ].join('\r\n');
    const before = await posts();
    expect(await hand(parts)).toBe('posted');
    expect(await hand(parts)).toBe('posted');
    expect(await posts()).toBe(before + 1);
    const page = textOf((await (await site.as('bob')).get(`/t/${thread}`)).html);
    expect(page).toContain('I read this on the train.');
    expect(page).not.toMatch(/Something is waiting|Another text|me\.png|\bann\b/);
    expect(page).toContain('quiet-lamp');
  });

  it.each<[string, Record<string, string>]>([
    ['an out-of-office reply', { 'Auto-Submitted': 'auto-replied' }],
    [
      'another kind of out-of-office reply',
      { 'X-Auto-Response-Suppress': 'All', Subject: 'Automatic reply: You have a message' },
    ],
    ['from a mailing list', { Precedence: 'bulk' }],
    ['a bounce', { 'Return-Path': '<>' }],
    ['from a stranger who knows the address', { From: 'bob@example.org' }],
    ['from two people at once', { From: 'ann@example.org, bob@example.org' }],
    ['to an address that was never issued', { To: `reply+${'0'.repeat(40)}@boat.example` }],
    ['to no reply address', { To: 'reply@boat.example' }],
  ])('that is %s is ignored without a mail to anybody', async (_what, headers) => {
    const before = [await posts(), site.post.letters.length];
    expect(await hand(mail('Not posted.', headers))).toBe('ignored');
    expect([await posts(), site.post.letters.length]).toEqual(before);
  });

  it('is held like any other if screening finds a risk', async () => {
    await site.make.rows(`update communities set pre_moderation = 'all'`);
    expect(await hand(mail('Words that a person reads first.'))).toBe('held');
    await site.make.rows(`update communities set pre_moderation = 'none'`);
  });

  const last = async () =>
    (
      (await site.make.rows(
        `select p.id, p.body, p.status, p.held_for as why, p.tier, p.number,
            (select array_agg(r.source || ' ' || r.reason order by r.id)
              from case_reasons r
              join review_cases c on c.id = r.case_id
             where c.post_id = p.id and c.state = 'open') as reasons
     from posts p order by p.id desc limit 1`,
      )) as [
        {
          id: string;
          body: string;
          status: string;
          why: string | null;
          tier: string;
          number: number;
          reasons: string[] | null;
        },
      ]
    )[0];
  const guestText = async (): Promise<string> => (await site.browser().get(`/t/${thread}`)).html;

  it.each([
    ['a telephone number', 'Ring me on 07700 900123 if you like.'],
    ['an address', 'Write to me at jo.baker@mail.example any time.'],
    ['an amount of a medicine', 'I take 200 mg of it each night.'],
  ])('with %s is held with a case, and its author is told', async (_what, words) => {
    await site.make.rows('delete from notices');
    // At most one such email goes out in an hour.
    site.clock.move(HOUR);
    const before = emailsThat('has arrived').length;
    const raw = mail(words);
    expect(await hand(raw)).toBe('held');
    expect(await hand(raw)).toBe('held');
    const post = await last();
    expect(post).toMatchObject({
      body: words,
      status: 'held',
      why: 'detail',
      reasons: expect.arrayContaining(['hold detail']),
    });
    expect(await guestText()).not.toContain(words);
    expect(textOf((await (await site.as('ann')).get(`/t/${thread}`)).html)).toContain(words);
    const letter = await eventually(
      () => emailsThat('has arrived')[before],
      'a mail that it arrived',
    );
    expect(withoutTokens(`${letter.subject}${letter.text}`)).not.toMatch(
      /Awake|nights|quiet-lamp|thread|post\b|moderator|07700|jo\.baker|mg/,
    );
    expect(await site.make.rows('select kind, post_id from notices')).toEqual([
      { kind: 'post-held', post_id: post.id },
    ]);
    expect(textOf((await (await site.as('ann')).get('/notifications')).html)).toContain(
      'Your post is waiting for a moderator to read it.',
    );
  });

  it('with text after a sign-off keeps it, is screened whole and held', async () => {
    const words =
      'Thank you for the tip about the book.\n\nCheers\n\nPS: I have decided to end my life tonight.';
    expect(await hand(mail(words.replaceAll('\n', '\r\n')))).toBe('held');
    const post = await last();
    expect(post).toMatchObject({ body: words, status: 'held', tier: 'crisis' });
    expect(post.reasons).toContain('triage crisis');
    const page = (await (await site.as('ann')).get(`/t/${thread}`)).html;
    expect(textOf(page)).toContain('I have decided to end my life tonight.');
    expect(page).toContain('href="tel:999"');
  });

  it('with a plea in the line above the quotation is screened and kept with that line', async () => {
    const header =
      'On 1 Jun 2026 at 10:00 Messages made me say that I have decided to end my life tonight, and I wrote:';
    expect(
      await hand(mail(`Thank you.\r\n\r\n${header}\r\n> Something is waiting for you.\r\n`)),
    ).toBe('held');
    expect(await last()).toMatchObject({ body: `Thank you.\n\n${header}`, tier: 'crisis' });
  });

  it.each([
    ['a signature', 'I will try it.\n\n--\nAnn Baker\nThe Oven, Example Street', 'mail'],
    ['the name of the mail', 'I will try it. It is me, Ann.', 'mail'],
    ['a quotation of somebody else', 'I read this:\n\n> The kettle is on.', 'mail'],
    ['where it was written', 'I will try it.\n\nSent from the ward on the second floor', 'mail'],
  ])('with %s is kept whole and held for a moderator', async (_what, words, why) => {
    expect(await hand(mail(words.replaceAll('\n', '\r\n')))).toBe('held');
    const { reasons, ...post } = await last();
    expect(post).toMatchObject({ body: words, status: 'held', why });
    // The classifier alone may have a moderator look sooner.
    expect(reasons?.filter((reason) => reason !== 'triage watch')).toEqual(['hold mail']);
    expect(textOf((await (await site.as('ann')).get(`/t/${thread}`)).html)).toContain(
      'It came by email, and we were not sure',
    );
    expect(await guestText()).not.toContain(words.slice(-12));
  });

  it('with a plea is held; its author gets a neutral mail and a notice with the helplines', async () => {
    const words = 'Thank you all for everything. I have decided to end my life tonight.';
    const notice = await noticeOf(words, 'held');
    expect(notice.kind).toBe('post-held');
    const ann = await site.as('ann');
    const opened = await ann.get(`/notifications/${notice.id}`);
    const path = opened.status === 200 ? null : opened.location;
    const page = path === null ? opened : await ann.get(path);
    expect(textOf(page.html)).toContain(words);
    expect(page.html).toContain('href="tel:999"');
  });

  it('with two From headers is refused, and is never posted', async () => {
    const before = await posts();
    const two = mail('Not posted.').replace('From:', 'From: bob@example.org\r\nFrom:');
    expect(await hand(two)).toBe('refused');
    const strangers = mail('Not posted.', { From: 'bob@example.org' });
    expect(await hand(strangers.replace('From:', 'From: eve@example.org\r\nFrom:'))).toBe(
      'ignored',
    );
    expect(await posts()).toBe(before);
  });

  it('that only suppresses automatic responses is posted as written by a person', async () => {
    expect(await hand(mail('I read it.', { 'X-Auto-Response-Suppress': 'DR, OOF' }))).toBe(
      'posted',
    );
    // An out-of-office reply may be in any language, so the header alone decides.
    const away = { 'X-Auto-Response-Suppress': 'All', Subject: 'Poissa maanantaihin' };
    expect(await hand(mail('I am away.', away))).toBe('held');
  });

  it('in another charset is decoded correctly', async () => {
    const raw = mail('Schöne Grüße an alle', { 'Content-Type': 'text/plain; charset=iso-8859-1' });
    const rawBase64 = Buffer.from(raw, 'latin1').toString('base64');
    expect(await handBody({ rawBase64 })).toBe('posted');
    expect((await last()).body).toBe('Schöne Grüße an alle');
  });

  it('without a Message-ID is posted only once', async () => {
    const raw = mail('No number on it.').replace(/Message-ID: .*\r\n/, '');
    const before = await posts();
    for (let twice = 0; twice < 2; twice += 1) expect(await hand(raw)).toBe('posted');
    expect(await posts()).toBe(before + 1);
  });

  it('that is too large is refused with a mail to its author, or with 413 if far too large', async () => {
    site.clock.move(DAY);
    const before = emailsThat('could not post').length;
    expect(await hand(mail(`Words.\r\n${'x'.repeat(10 * 1024 * 1024)}`))).toBe('refused');
    await eventually(() => emailsThat('could not post')[before], 'a mail that it did not arrive');
    const raw = JSON.stringify({ raw: 'x'.repeat(17 * 1024 * 1024) });
    const answer = await site.browser().postRaw('/webhooks/mail/replies', raw, {
      'content-type': 'application/json',
      authorization: `Bearer ${SECRET}`,
    });
    expect([answer.status, JSON.parse(answer.html)]).toEqual([
      413,
      { status: 413, error: 'errors.413', limit: '10 MB' },
    ]);
  });

  it('in HTML only is converted, and held for a moderator', async () => {
    expect(
      await hand(
        mail('<p>I am so tired.</p><p>I have decided to end my life tonight.</p>', {
          'Content-Type': 'text/html; charset=utf-8',
        }),
      ),
    ).toBe('held');
    expect(await last()).toMatchObject({
      body: 'I am so tired.\n\nI have decided to end my life tonight.',
      tier: 'crisis',
    });
  });

  it('with our mail quoted in any way publishes none of its unsubscribe links', async () => {
    const letter = site.post.to('ann@example.org')[0];
    const link = /\S+\/unsubscribe\/[\w-]{43}/.exec(letter?.text ?? '')?.[0] ?? 'none';
    const token = link.slice(-43);
    const text = letter?.text ?? '';
    const ways = [
      `I read it.\n\n${text}`,
      `I read it.\n\nLe 1 juin, quelqu’un a dit\n${text}`,
      `I read it. ${link}`,
      `${text.replaceAll('\n', ' ')} I read it.`,
      `I read it. My address is ${letter?.replyTo ?? ''}`,
      `I read it. https://safe.example/?url=${encodeURIComponent(link)}`,
    ];
    for (const way of ways) {
      await hand(mail(way.replaceAll('\n', '\r\n')));
      const post = await last();
      expect(post.body).toContain('I read it.');
      // As if a moderator had published it.
      await site.make.rows(
        `
          update posts
          set status = 'published', held_for = null, held_at = null, held_until = null
          where id = $1
        `,
        [post.id],
      );
      expect(post.body).not.toMatch(
        /\/unsubscribe\/[\w-]{20}|\/notifications\/\d|reply\+[0-9a-f]{20}/,
      );
      const page = await guestText();
      expect([
        page.includes('I read it.'),
        page.includes(token),
        page.includes(letter?.replyTo ?? 'none'),
      ]).toEqual([true, false, false]);
    }
    expect(await hand(mail(`Just this.\r\n\r\n${text.replaceAll('\n', '\r\n')}`))).toBe('posted');
    expect(await last()).toMatchObject({ body: 'Just this.', status: 'published' });
  });

  it('logs a failure without any of its text', async () => {
    const lines: string[] = [];
    const logger = site.app.get(Logger);
    const [error, take] = [
      jest.spyOn(logger, 'error'),
      jest.spyOn(site.app.get(ReplyByMail), 'take'),
    ];
    error.mockImplementation(
      (message, ...rest) => void lines.push(JSON.stringify([message, ...rest])),
    );
    take.mockRejectedValue(new Error('Words of ann@example.org\n    at home I said more'));
    try {
      const raw = JSON.stringify({ raw: mail('Words.') });
      const answer = await site.browser().postRaw('/webhooks/mail/replies', raw, {
        'content-type': 'application/json',
        authorization: `Bearer ${SECRET}`,
      });
      expect([answer.status, answer.html.includes('ann@')]).toEqual([500, false]);
      expect(lines.length).toBe(1);
      expect(lines[0]).toContain('/webhooks/mail/replies');
      expect(lines[0]).toContain('"status":500');
      expect(lines[0]).not.toMatch(/Words|ann@|said more/);
    } finally {
      error.mockRestore();
      take.mockRestore();
    }
  });

  it('without new text is refused by a kind, neutral mail, once a day', async () => {
    const ours = (site.post.to('ann@example.org')[0]?.text ?? '')
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\r\n');
    site.clock.move(DAY);
    const before = emailsThat('could not post').length;
    for (let n = 0; n < 3; n += 1) expect(await hand(mail(ours))).toBe('refused');
    const letter = await eventually(
      () => emailsThat('We could not post your reply by email.')[before],
      'a mail that it did not arrive',
    );
    expect(withoutTokens(`${letter.subject}${letter.text}`)).not.toMatch(
      /Awake|nights|quiet-lamp|thread/,
    );
    expect(letter.headers['Auto-Submitted']).toBe('auto-generated');
    expect(emailsThat('could not post').length).toBe(before + 1);
  });

  describe('with a plea that cannot be posted', () => {
    const plea = 'Thank you all for everything. I have decided to end my life tonight.';
    const cases = () =>
      site.make.rows(
        `select c.id, c.kind, c.community_id as place, c.tier, c.state,
           (select array_agg(r.source || ' ' || r.reason order by r.id)
             from case_reasons r where r.case_id = c.id) as reasons
         from review_cases c join members m on m.id = c.member_id where m.handle = 'ann'`,
      );
    const kept = async (): Promise<string[]> =>
      (
        (await site.make.rows('select body from refused_mails order by id')) as { body: string }[]
      ).map(({ body }) => body);
    const two = (words: string): string =>
      mail(words).replace('From:', 'From: bob@example.org\r\nFrom:');
    const withPhoto = (words: string): string =>
      mail('', { 'Content-Type': 'multipart/mixed; boundary=b' }) +
      [
        '--b',
        'Content-Type: text/plain; charset=utf-8',
        '',
        words,
        '--b',
        'Content-Type: image/png',
      ]
        .concat('Content-Disposition: attachment; filename=me.png', '')
        .concat('A'.repeat(10 * 1024 * 1024), '--b--', '')
        .join('\r\n');
    const set = (statement: string) => site.make.rows(statement);

    afterEach(async () => {
      await set(`update thread_follows set level = 'following'`);
      await set('update threads set locked_at = null');
      await set(`update memberships set state = 'active'`);
      await set('update members set suspended_until = null, read_only_until = null');
      await set('update reply_addresses set made_at = now()');
      await set('delete from rate_limits');
    });

    it.each<[string, string, (words: string) => string]>([
      ['the thread is muted', `update thread_follows set level = 'muted'`, mail],
      ['the thread is locked', 'update threads set locked_at = now()', mail],
      ['its author has left', `update memberships set state = 'asked'`, mail],
      [
        'its author may not post',
        `update members set suspended_until = now() + interval '90 days'`,
        mail,
      ],
      [
        'the address has expired',
        `update reply_addresses set made_at = now() - interval '90 days'`,
        mail,
      ],
      ['it has two From headers', 'select 1', two],
      ['it is too large', 'select 1', withPhoto],
      [
        'it is too long for a post',
        'select 1',
        (words) => mail(`${words}\r\n\r\n${'So. '.repeat(6_000)}`),
      ],
    ])('because %s is kept', async (_what, state, write) => {
      await set(state);
      const [before, stored] = [await posts(), await kept()];
      const raw = write(plea);
      expect([await hand(raw), await hand(raw)]).toEqual(['refused', 'refused']);
      expect(await posts()).toBe(before);
      expect((await kept()).slice(stored.length)).toEqual([expect.stringContaining(plea)]);
      expect(await cases()).toMatchObject([
        {
          kind: 'member',
          place: null,
          tier: 'crisis',
          state: 'open',
          reasons: ['triage crisis', 'hold refused-mail'],
        },
      ]);
    });

    it('because of the rate limit is kept at once; other mails are deferred', async () => {
      const words = (n: number) => mail(`One more of many, number ${n}.`);
      const status = async (raw: string): Promise<number> =>
        (
          await site.browser().postRaw('/webhooks/mail/replies', JSON.stringify({ raw }), {
            'content-type': 'application/json',
            authorization: `Bearer ${SECRET}`,
          })
        ).status;
      const count = jest.spyOn(site.app.get(RateLimits), 'count');
      count.mockRejectedValue(new TooManyRequests(600));
      try {
        expect(await status(words(1))).toBe(429);
        const stored = await kept();
        expect(await hand(mail(plea))).toBe('refused');
        expect((await kept()).length).toBe(stored.length + 1);
      } finally {
        count.mockRestore();
      }
    });

    it('sends its author a neutral mail and a notice with the helplines, and the team the full text', async () => {
      await set('update threads set locked_at = now()');
      const notice = await noticeOf(plea, 'refused');
      expect(notice.kind).toBe('mail-kept');
      const ann = await site.as('ann');
      const path = (await ann.get(`/notifications/${notice.id}`)).location ?? '';
      const page = await ann.get(path);
      expect([page.status, textOf(page.html).includes(plea)]).toEqual([200, true]);
      expect(page.html).toContain('href="tel:999"');
      for (const other of [await site.as('bob'), site.browser()])
        expect([401, 404]).toContain((await other.get(path)).status);
      await site.make.member('kim', { role: 'moderator' });
      const [{ id }] = (await cases()) as [{ id: string }];
      const mod = await site.as('kim');
      const opened = await mod.follow(await mod.post(`/mod/cases/${id}/read`));
      expect(textOf(opened.html)).toContain(plea);
      expect(textOf(opened.html)).toContain('a reply by email that could not be posted');
      expect(opened.html).not.toMatch(/quiet-lamp|Awake again/);
    });

    it('from a stranger to this address reaches nobody', async () => {
      const stored = await kept();
      expect(await hand(mail(plea, { From: 'bob@example.org' }))).toBe('ignored');
      expect(await kept()).toEqual(stored);
    });
  });

  it('is refused if the thread is muted, locked or left, and after a month the address expires', async () => {
    const before = await posts();
    await site.make.rows(`update thread_follows set level = 'muted' where thread_id = $1`, [
      thread,
    ]);
    expect(await hand(mail('Words.'))).toBe('refused');
    await site.make.rows(`update thread_follows set level = 'following'`);
    await site.make.rows('update threads set locked_at = now()');
    expect(await hand(mail('Words.'))).toBe('refused');
    await site.make.rows('update threads set locked_at = null');
    site.clock.move(31 * DAY);
    expect(await hand(mail('Words.'))).toBe('ignored');
    expect(await posts()).toBe(before);
  });

  it('is accepted only from our mail server', async () => {
    const raw = JSON.stringify({ raw: mail('Words.') });
    for (const authorization of ['', 'Bearer wrong'])
      expect(
        (
          await site.browser().postRaw('/webhooks/mail/replies', raw, {
            'content-type': 'application/json',
            authorization,
          })
        ).status,
      ).toBe(403);
  });
});

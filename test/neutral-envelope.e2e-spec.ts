import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { simpleParser, type ParsedMail } from 'mailparser';
import { createTransport } from 'nodemailer';
import {
  MailAddressChangeJob,
  MailAlreadyAMemberJob,
  MailResetJob,
  MailVerificationJob,
} from '../src/accounts/account-mails.job.js';
import { CREDENTIAL_CHANGES } from '../src/accounts/credential-change.entity.js';
import { MailCredentialChangeJob } from '../src/accounts/credential-mails.job.js';
import { SendDigestsJob } from '../src/digests/send-digests.job.js';
import { DAY, later, MINUTE } from '../src/kernel/clock.js';
import { Messages } from '../src/i18n/messages.js';
import { Envelopes, type Email } from '../src/mail/envelopes.js';
import { SENDERS, SUBJECTS } from '../src/mail/mail-appearance.js';
import { MailTemplates } from '../src/mail/mail-templates.js';
import type { Envelope } from '../src/mail/transport.js';
import { MailAlarmJob } from '../src/moderation/on-call/alarms.job.js';
import {
  MAIL_KINDS,
  NEVER_MAILED,
  NOTICE_KINDS,
} from '../src/notifications/preferences/notice-kinds.js';
import { MailSiteClosureJob } from '../src/site-closure/site-closure.jobs.js';
import { TestMailJob } from '../src/first-run/test-mail.job.js';
import { NoticeMails } from '../src/notifications/email/notice-mails.service.js';
import { testApp, type TestApp } from './support/app.js';

/** Texts of the content that the emails are about; none of them may appear in any email. */
const SECRETS = [
  'Saltmarsh',
  'saltmarsh',
  'Awake again',
  'the street is quiet',
  'reader-one',
  'writer-two',
  'quiet-lamp',
  'Night shifts',
  'Slow breathing',
  'slow-breathing',
];
/** Words that reveal the nature of the site, or its members' difficulties. */
const TELLING = [
  'sameboat',
  'mental',
  'health',
  'forum',
  'community',
  'communities',
  'peer',
  'support',
  'therap',
  'depress',
  'anxi',
  'bipolar',
  'ptsd',
  'trauma',
  'grief',
  'suicid',
  'self-harm',
  'crisis',
  'moderator',
  'toolkit',
  'coping',
  'medication',
  'member',
  'thread',
];
const BASE = 'https://post.example';
/** A path of this site that contains nothing but an id or a token. */
const PLAIN_PATH =
  /^\/(|login|digests\/\d+|notifications(\/\d+)?|settings\/notifications|(unsubscribe|verify|reset|settings\/security\/address)\/[\w-]{43})$/;

interface Sent {
  letter: Email;
  envelope: Envelope;
}

async function onTheWire(envelope: Envelope): Promise<{ raw: string; parsed: ParsedMail }> {
  const { message } = (await createTransport({ streamTransport: true, buffer: true }).sendMail(
    envelope,
  )) as unknown as { message: Buffer };
  return { raw: message.toString('utf8'), parsed: await simpleParser(message) };
}

describe('no mail tells what it is about', () => {
  let site: TestApp;
  const sent: Sent[] = [];

  beforeAll(async () => {
    site = await testApp({
      workers: false,
      env: { BASE_URL: BASE, MAIL_FROM: 'The boathouse team <post@post.example>' },
    });
    const envelopes = site.app.get(Envelopes);
    const of = envelopes.of.bind(envelopes);
    envelopes.of = async (letter) => {
      const envelope = await of(letter);
      sent.push({ letter, envelope });
      return envelope;
    };
    await everyMail();
  });
  afterAll(() => site.close());

  const rows = (text: string, params: unknown[] = []): Promise<unknown[]> =>
    site.make.rows(text, params);

  /** Sends every kind of notification, both digests, and every account email. */
  async function everyMail(): Promise<void> {
    const reader = await site.make.member('reader-one', { email: 'someone@mail.example' });
    await site.make.community({
      slug: 'saltmarsh',
      topics: ['Night shifts'],
      visibility: 'members',
    });
    await rows(`update communities set name = 'Saltmarsh' where slug = 'saltmarsh'`);
    await site.make.join('reader-one', 'saltmarsh');
    await rows(
      `
        update members
        set mail_safe = 'yes', mail_safe_at = now() - interval '2 years'
        where id = $1
      `,
      [reader],
    );
    const thread = await site.make.thread({
      community: 'saltmarsh',
      author: 'reader-one',
      title: 'Awake again',
      body: 'It is late and the street is quiet.',
    });
    await rows(`update threads set topic = 'Night shifts' where id = $1`, [thread]);
    await rows(
      `
        insert into coping_strategies (stable_id, slug, name, summary, steps, minutes, energy,
          origin, status)
        values ('t:slow', 'slow-breathing', 'Slow breathing', 'Breathe slowly.', '{One}', 5, 'low',
          'peer', 'published')
      `,
    );
    await rows(`insert into mail_settings (member_id) values ($1) on conflict do nothing`, [
      reader,
    ]);
    for (const kind of MAIL_KINDS)
      await rows(
        `insert into mail_choices (member_id, kind, frequency) values ($1, $2, 'at-once')`,
        [reader, kind],
      );
    for (const kind of Object.keys(NOTICE_KINDS)) {
      const post = await site.make.reply({
        thread,
        author: 'writer-two',
        alias: 'quiet-lamp',
        body: 'The street is quiet here too.',
      });
      const [{ id }] = (await rows(
        `
          insert into notices (member_id, kind, thread_id, post_id, subject_id)
          values ($1, $2, $3, $4, 7)
          returning id
        `,
        [reader, kind, thread, post],
      )) as [{ id: string }];
      await rows('update mail_settings set mailed_at = null');
      await rows('delete from mail_deliveries');
      await site.app.get(NoticeMails).mail(id);
    }
    await rows(`update mail_choices set frequency = 'daily'`);
    for (const kind of Object.keys(NOTICE_KINDS)) {
      const post = await site.make.reply({ thread, author: 'writer-two', alias: 'quiet-lamp' });
      await rows(
        `insert into notices (member_id, kind, thread_id, post_id) values ($1, $2, $3, $4)`,
        [reader, kind, thread, post],
      );
    }
    await site.make.thread({
      community: 'saltmarsh',
      author: 'writer-two',
      title: 'Awake again',
      body: 'the street is quiet',
    });
    await digest(reader);
    await site.make.thread({
      community: 'saltmarsh',
      author: 'writer-two',
      title: 'Awake again',
      body: 'the street is quiet',
    });
    await rows(`update members set created_at = now() - interval '1 year'`);
    await rows(`update posts set created_at = now() - interval '1 year' where author_id = $1`, [
      reader,
    ]);
    await digest(reader);
    const asked = { memberId: reader, asked: 1 };
    await site.app.get(MailAlreadyAMemberJob).run(asked);
    await site.app.get(MailResetJob).run(asked);
    await site.app.get(TestMailJob).run(asked);
    await rows(
      `
        insert into one_time_tokens (token_hash, purpose, member_id, email, expires_at)
        values ('x', 'change-email', $1, 'other@mail.example', now() + interval '1 day')
      `,
      [reader],
    );
    await site.app.get(MailAddressChangeJob).run(asked);
    for (const kind of CREDENTIAL_CHANGES) {
      const [{ id }] = (await rows(
        `insert into credential_changes (member_id, kind, old_email, changed_at)
         values ($1, $2, case when $2 = 'address' then 'before@mail.example' end, now())
         returning id`,
        [reader, kind],
      )) as [{ id: string }];
      await site.app.get(MailCredentialChangeJob).run({ changeId: id });
    }
    for (const [chain, step] of [
      ['crisis', 'first'],
      ['urgent', 'unclaimed'],
    ] as const) {
      const about = await site.make.case({
        post: await site.make.reply({ thread, author: 'writer-two' }),
        tier: chain,
      });
      const [alarm] = (await rows(
        `
          insert into case_alarms (case_id, chain, step, member_id, raised_at)
          values ($1, $2, $3, $4, clock_timestamp())
          returning id
        `,
        [about, chain, step, reader],
      )) as [{ id: string }];
      await site.app.get(MailAlarmJob).run({ alarmId: alarm.id });
    }
    // This email goes to everybody, and the other member's address contains one of the texts.
    await rows('update members set email_verified_at = null where id <> $1', [reader]);
    for (const change of ['planned', 'cancelled']) {
      const [{ id, at }] = (await rows(
        `insert into site_closures (planned_at, read_only_at, wipe_at, told_at, cancelled_at)
         values (now(), now() + interval '30 days', now() + interval '60 days',
           date_trunc('second', now()), case when $1 = 'cancelled' then now() end)
         returning id, told_at as at`,
        [change],
      )) as [{ id: string; at: Date }];
      await site.app.get(MailSiteClosureJob).run({ closureId: id, asked: at.getTime() });
      await rows('delete from site_closures');
    }
    await rows('update members set email_verified_at = null where id = $1', [reader]);
    await site.app.get(MailVerificationJob).run(asked);
  }

  async function digest(reader: string): Promise<void> {
    site.clock.move(DAY);
    await rows('update threads set created_at = $1', [later(site.clock.now(), -MINUTE)]);
    await rows('update notices set created_at = $1 where mail_id is null', [
      later(site.clock.now(), -MINUTE),
    ]);
    await rows('update mail_settings set daily = true, next_digest_at = $2 where member_id = $1', [
      reader,
      site.clock.now(),
    ]);
    await site.app.get(SendDigestsJob).run();
  }

  it('of all the mails that there are', () => {
    expect([...new Set(sent.map(({ letter }) => letter.template))].sort()).toEqual(
      MailTemplates.names,
    );
    expect(sent.filter(({ letter }) => letter.template === 'notice').length).toBe(
      Object.keys(NOTICE_KINDS).length - NEVER_MAILED.length,
    );
    const digest = sent.find(({ letter }) => letter.template === 'digest')?.envelope.text ?? '';
    for (const words of [
      'replies to you',
      'notes from the team',
      'just for you',
      'One new conversation',
      'One idea to try',
      'still a safe way',
    ])
      expect(digest).toContain(words);
  });

  it('in a header, the subject, the preview, the text, the HTML, a link or the Message-ID', async () => {
    for (const { letter, envelope } of sent) {
      const { raw, parsed } = await onTheWire(envelope);
      const whole = [
        raw,
        parsed.subject,
        parsed.text,
        parsed.html,
        JSON.stringify([...parsed.headers]),
      ].join('\n');
      // Tokens may contain any word, and one term of the colour scheme is defined by its standard.
      const said = whole
        .replace(/[\w-]{24,}/g, '')
        .replaceAll('supported-color-schemes', '')
        .toLowerCase();
      const found = [
        ...SECRETS.filter((secret) => whole.includes(secret)),
        ...TELLING.filter((word) => said.includes(word)),
      ];
      expect([letter.template, found]).toEqual([letter.template, []]);
      expect(parsed.attachments).toEqual([]);
    }
  });

  it('nor does a link lead anywhere but to an id or a token, or anything load from elsewhere', () => {
    for (const { letter, envelope } of sent) {
      const links = [...`${envelope.text}\n${envelope.html}`.matchAll(/https?:\/\/[^\s"'<>)]+/g)]
        .map(([link]) => link)
        .filter(
          (link) => !/^http:\/\/(www\.w3\.org|schemas\.microsoft)|^http:\/\/schemas/.test(link),
        );
      // An administrator's test email contains no link.
      if (letter.template !== 'test-mail') expect(links.length).toBeGreaterThan(1);
      for (const link of links) {
        expect(link.startsWith(`${BASE}/`)).toBe(true);
        expect([letter.template, new URL(link).pathname]).toEqual([
          letter.template,
          expect.stringMatching(PLAIN_PATH),
        ]);
        expect(new URL(link).search).toBe('');
      }
      expect(envelope.html).not.toMatch(/<img|<link|@import|url\(|<script|<form|<iframe/i);
    }
  });

  it('and all look alike in a list of mails, whatever they are about', () => {
    const ofChoice = sent.filter(
      ({ letter }) => letter.kind !== 'account' && letter.template !== 'alarm-now',
    );
    expect(ofChoice.length).toBeGreaterThan(10);
    expect([
      ...new Set(ofChoice.map(({ envelope }) => `${envelope.from.name}: ${envelope.subject}`)),
    ]).toEqual(['Messages: You have a message']);
    const previews = new Set(
      ofChoice.map(({ envelope }) =>
        /<div[^>]*display:none[^>]*>([^<]*)/.exec(envelope.html)?.[1]?.trim(),
      ),
    );
    expect([...previews]).toEqual(['Read it when it suits you.']);
  });

  it('but a call to somebody on duty, which is told from all others at a glance and says no more', () => {
    const calls = sent
      .filter(({ letter }) => letter.template === 'alarm-now')
      .map(({ envelope }) => envelope);
    expect(
      calls.map(({ from, subject, headers }) => [`${from.name}: ${subject}`, headers.Importance]),
    ).toEqual([['Messages: Please look now', 'high']]);
    expect(calls[0]?.text).toContain('One thing needs your attention.');
    expect(sent.filter(({ envelope }) => envelope.headers.Importance !== undefined)).toHaveLength(
      1,
    );
  });

  it('and all but those that keep the account safe can be left by one click', () => {
    for (const { letter, envelope } of sent) {
      const account = ['account', 'alert'].includes(letter.kind);
      expect([letter.template, envelope.headers['List-Unsubscribe-Post']]).toEqual([
        letter.template,
        account ? undefined : 'List-Unsubscribe=One-Click',
      ]);
      if (account) continue;
      expect(envelope.headers['List-Unsubscribe']).toMatch(
        /^<https:\/\/post\.example\/unsubscribe\/[\w-]{43}>$/,
      );
      expect(envelope.headers['List-Id']).toBe('<messages.post.example>');
    }
  });

  it('and those about one thing stand together without saying which', () => {
    const references = new Set(
      sent
        .filter(({ letter }) => letter.template === 'notice')
        .map(({ envelope }) => envelope.headers.References),
    );
    expect(references.size).toBe(1);
    expect([...references][0]).toMatch(/^<[\w-]{24}@post\.example>$/);
    expect(new Set(sent.map(({ envelope }) => envelope.messageId)).size).toBe(sent.length);
  });

  it('in no choice of sender or subject', () => {
    const messages = new Messages();
    const words = [
      ...SENDERS.filter((each) => each !== 'none' && each !== 'operator').map((each) =>
        messages.text('en', `mail.sender.${each}`),
      ),
      ...SUBJECTS.map((each) => messages.text('en', `mail.subject.${each}`)),
    ];
    expect(words.length).toBe(7);
    for (const each of words)
      expect([each, TELLING.filter((word) => each.toLowerCase().includes(word))]).toEqual([
        each,
        [],
      ]);
  });

  it('unless its reader chose so, and then only inside', async () => {
    const reader = await site.make.member('reader-one');
    await rows('update members set email_verified_at = now() where id = $1', [reader]);
    await rows('update mail_settings set content = true');
    await rows(`update mail_choices set frequency = 'at-once'`);
    const [{ id: thread }] = (await rows(`select id from threads order by id limit 1`)) as [
      { id: string },
    ];
    const post = await site.make.reply({
      thread,
      author: 'writer-two',
      alias: 'quiet-lamp',
      body: 'The street is quiet here too.',
    });
    site.clock.move(DAY);
    // Members who have long been absent get no immediate emails.
    await rows('update members set created_at = $2 where id = $1', [reader, site.clock.now()]);
    await site.app.get(NoticeMails).mail(await site.make.notice('reader-one', post));
    const { envelope } = sent.at(-1) ?? (sent[0] as Sent);
    expect(envelope.text).toContain('quiet-lamp replied in your thread. Awake again');
    expect(envelope.html).toContain('quiet-lamp replied in your thread. Awake again');
    const { parsed } = await onTheWire({ ...envelope, text: 'x', html: '<p>x</p>' });
    const outside = JSON.stringify([...parsed.headers]);
    expect(SECRETS.filter((secret) => outside.includes(secret))).toEqual([]);
    // Neither what was written, nor whose alias it is.
    expect(JSON.stringify(envelope)).not.toMatch(/street is quiet|writer-two/);
  });
});

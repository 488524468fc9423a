import { Injectable } from '@nestjs/common';
import { Config } from '../kernel/config.js';
import { DAY, HOUR } from '../kernel/clock.js';
import { Messages } from '../i18n/messages.js';
import { Sql, statement } from '../kernel/sql.js';
import type { MailSender, MailSubject } from '../mail/mail-appearance.js';
import { Mailer } from '../mail/mailer.js';
import { UnsubscribeTokens } from '../notifications/preferences/unsubscribe-tokens.js';
import { Handles, type Job } from '../queue/job.js';

interface Addressee {
  email: string;
  locale: string | null;
  seed: string;
  sender: MailSender;
  subject: MailSubject;
}

const addressee = statement<{ memberId: string }, Addressee>(
  'reply-by-mail.addressee',
  `select m.email::text, m.locale, s.seed, s.sender, s.subject
   from members m
   join mail_settings s on s.member_id = m.id
   where m.id = :memberId
     and m.email is not null
     and m.email_verified_at is not null
     and m.closed_at is null
     and m.mail_safe is distinct from 'no'`,
);

type Asked = { memberId: string; asked: number };

/**
 * What the jobs below share: a mail that tells nothing to whoever answered by mail, as they are
 * now.
 */
@Injectable()
export class AnswerMails {
  constructor(
    private readonly sql: Sql,
    private readonly config: Config,
    private readonly messages: Messages,
    private readonly mailer: Mailer,
    private readonly tokens: UnsubscribeTokens,
  ) {}

  /**
   * @param what names the words, `mail.<what>.text`
   * @param every milliseconds in which one goes out at the most
   */
  async send(what: 'refused' | 'held', { memberId, asked }: Asked, every: number): Promise<void> {
    const to = await this.sql.first(addressee, { memberId });
    if (to === null) return;
    const [unsubscribeToken] = await this.tokens.make([
      { memberId, seed: to.seed, scope: 'reply' },
    ]);
    const locale = to.locale ?? 'en';
    const key = what === 'refused' ? 'mail-refusal' : 'mail-hold';
    await this.mailer.deliver({
      key: `${key}:${memberId}:${Math.floor(asked / every)}`,
      kind: 'answer',
      memberId,
      to: to.email,
      locale,
      template: 'notice',
      appearance: to,
      unsubscribeToken,
      about: `${memberId} inbox`,
      view: {
        text: this.messages.text(locale, `mail.${what}.text`),
        lines: [],
        link: `${this.config.baseUrl}/notifications`,
      },
    });
  }
}

/**
 * Says once a day at the most that an answer did not arrive, and what to do; two machines that
 * answer each other stop there.
 */
@Injectable()
@Handles('mail-refusal', 'default')
export class MailRefusalJob implements Job<Asked> {
  constructor(private readonly mails: AnswerMails) {}

  async run(asked: Asked): Promise<void> {
    await this.mails.send('refused', asked, DAY);
  }
}

/**
 * Says once an hour at the most that an answer arrived and that there is a note about it; the
 * note itself tells that it waits, and why.
 */
@Injectable()
@Handles('mail-hold', 'default')
export class MailHoldJob implements Job<Asked> {
  constructor(private readonly mails: AnswerMails) {}

  async run(asked: Asked): Promise<void> {
    await this.mails.send('held', asked, HOUR);
  }
}

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
  privateWord: string;
}

const addressee = statement<{ memberId: string }, Addressee>(
  'reply-by-mail.addressee',
  `select m.email::text, m.locale, s.seed, s.sender, s.subject, s.private_word as "privateWord"
   from members m
   join mail_settings s on s.member_id = m.id
   where m.id = :memberId
     and m.email is not null
     and m.email_verified_at is not null
     and m.closed_at is null
     and m.mail_safe is distinct from 'no'`,
);

/** `asked`: time of the request, in milliseconds. */
type Request = { memberId: string; asked: number };

/**
 * Emails to a member who replied by email. They name neither the thread nor what was written, and
 * are not sent to members who closed their account or no longer want email.
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
   * @param what selects the text, `mail.<what>.text`
   * @param every milliseconds within which at most one email is sent
   */
  async send(what: 'refused' | 'held', { memberId, asked }: Request, every: number): Promise<void> {
    const to = await this.sql.first(addressee, { memberId });
    if (to === null) return;
    const [unsubscribeToken] = await this.tokens.make([
      { memberId, seed: to.seed, scope: 'reply' },
    ]);
    const locale = this.messages.forMails(to.locale);
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
 * Says that a reply could not be posted and what to do. Sent at most once a day, which stops mail
 * loops between two machines.
 */
@Injectable()
@Handles('mail-refusal', 'default')
export class MailRefusalJob implements Job<Request> {
  constructor(private readonly mails: AnswerMails) {}

  async run(request: Request): Promise<void> {
    await this.mails.send('refused', request, DAY);
  }
}

/**
 * Says that a reply arrived and that there is a notice about it. Sent at most once an hour. The
 * notice says that the reply is held, and links to the reason.
 */
@Injectable()
@Handles('mail-hold', 'default')
export class MailHoldJob implements Job<Request> {
  constructor(private readonly mails: AnswerMails) {}

  async run(request: Request): Promise<void> {
    await this.mails.send('held', request, HOUR);
  }
}

import { Injectable } from '@nestjs/common';
import { Config } from '../kernel/config.js';
import { Sql, statement } from '../kernel/sql.js';
import { Mailer } from '../mail/mailer.js';
import { Handles, type Job } from '../queue/job.js';
import { OneTimeTokens } from './one-time-tokens.js';

export interface Addressee {
  id: string;
  email: string | null;
  locale: string | null;
  verified: boolean;
  /** Emails to the address bounced, and it must be confirmed again. */
  stopped: boolean;
  /** The requested new address, until it is confirmed. */
  newAddress: string | null;
}

const addressee = statement<{ id: string }, Addressee>(
  'accounts.addressee',
  `select m.id, m.email::text, m.locale, m.email_verified_at is not null as verified,
          exists (select 1
            from mail_suppressions x
            where x.member_id = m.id and x.lifted_at is null) as stopped,
          (select o.email::text
            from one_time_tokens o
            where o.member_id = m.id and o.purpose = 'change-email' and o.used_at is null
            order by o.created_at desc
            limit 1) as "newAddress"
   from members m where m.id = :id and m.closed_at is null`,
);

// A type rather than an interface, because a job's payload must be a plain record.
type Asked = { memberId: string; asked: number };

/**
 * Shared by the jobs below: the member's current data, and sending an email to them. Tokens are
 * generated here and leave the server only by email.
 */
@Injectable()
export class AccountEmails {
  constructor(
    private readonly sql: Sql,
    private readonly mailer: Mailer,
    private readonly tokens: OneTimeTokens,
    private readonly config: Config,
  ) {}

  addressee(id: string): Promise<Addressee | null> {
    return this.sql.first(addressee, { id });
  }

  async link(
    path: string,
    purpose: Parameters<OneTimeTokens['mint']>[0],
    memberId: string,
    email: string,
  ): Promise<string> {
    return `${this.config.baseUrl}${path}${await this.tokens.mint(purpose, memberId, email)}`;
  }

  /**
   * @param owned false for an address that is not the member's, so that its bounces do not stop
   *   emails to the member
   */
  async send(
    template: string,
    ids: Asked,
    to: string,
    locale: string | null,
    view: object,
    owned = true,
  ): Promise<void> {
    await this.mailer.deliver({
      key: `${template}:${ids.memberId}:${ids.asked}`,
      kind: 'account',
      memberId: owned ? ids.memberId : null,
      to,
      locale,
      template,
      view: { ...view, home: this.config.baseUrl },
    });
  }
}

@Injectable()
@Handles('mail-verification', 'urgent')
export class MailVerificationJob implements Job<Asked> {
  constructor(private readonly emails: AccountEmails) {}

  async run(ids: Asked): Promise<void> {
    const member = await this.emails.addressee(ids.memberId);
    if (member?.email == null || (member.verified && !member.stopped)) return;
    const link = await this.emails.link('/verify/', 'verify-email', member.id, member.email);
    await this.emails.send('verify-email', ids, member.email, member.locale, { link });
  }
}

@Injectable()
@Handles('mail-already-a-member', 'urgent')
export class MailAlreadyAMemberJob implements Job<Asked> {
  constructor(private readonly emails: AccountEmails) {}

  async run(ids: Asked): Promise<void> {
    const member = await this.emails.addressee(ids.memberId);
    if (member?.email == null) return;
    await this.emails.send('already-a-member', ids, member.email, member.locale, {});
  }
}

@Injectable()
@Handles('mail-reset', 'urgent')
export class MailResetJob implements Job<Asked> {
  constructor(private readonly emails: AccountEmails) {}

  async run(ids: Asked): Promise<void> {
    const member = await this.emails.addressee(ids.memberId);
    if (member?.email == null) return;
    const link = await this.emails.link('/reset/', 'reset-password', member.id, member.email);
    await this.emails.send('reset-password', ids, member.email, member.locale, { link });
  }
}

@Injectable()
@Handles('mail-address-change', 'urgent')
export class MailAddressChangeJob implements Job<Asked> {
  constructor(private readonly emails: AccountEmails) {}

  async run(ids: Asked): Promise<void> {
    const member = await this.emails.addressee(ids.memberId);
    if (member?.newAddress == null) return;
    const link = await this.emails.link(
      '/settings/security/address/',
      'change-email',
      member.id,
      member.newAddress,
    );
    await this.emails.send('change-email', ids, member.newAddress, member.locale, { link }, false);
    if (member.email !== null && member.verified)
      await this.emails.send('address-changing', ids, member.email, member.locale, {});
  }
}

import { Injectable } from '@nestjs/common';
import { Config } from '../kernel/config.js';
import { Messages } from '../i18n/messages.js';
import {
  bounceMark,
  opaqueId,
  parseAddress,
  PLAIN_APPEARANCE,
  type MailAppearance,
} from './mail-appearance.js';
import { MailTemplates } from './mail-templates.js';
import type { Envelope } from './transport.js';

/** `account` for account security, `alert` for moderators on call, `answer` to a reply by email. */
export const MAIL_KINDS = ['account', 'alert', 'answer', 'notice', 'digest'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/**
 * One email: a template in `views/mail` (`<name>.txt.hbs` and `<name>.mjml`) and the view it is
 * filled with.
 */
export interface Email {
  /** Idempotency key: an email is sent once per key, however often its job runs. */
  readonly key: string;
  /** Those that are not mandatory can be unsubscribed. */
  readonly kind: MailKind;
  /**
   * Null if the address is not, or no longer, the member's: its bounces then do not suppress their
   * emails.
   */
  readonly memberId: string | null;
  readonly to: string;
  /** The recipient's language; English is used if emails are not translated to it. */
  readonly locale: string | null;
  readonly template: string;
  readonly view: object;
  readonly headers?: Record<string, string>;
  readonly appearance?: MailAppearance;
  /** Allows one-click unsubscribing without a log-in (RFC 8058). */
  readonly unsubscribeToken?: string;
  /** Address for replies by email, if enabled. */
  readonly replyTo?: string | undefined;
  /**
   * Emails with the same value form one conversation in mail clients; only a keyed hash of it is
   * sent.
   */
  readonly about?: string;
}

/** Kinds that a member cannot unsubscribe from while they have an account, or are on duty. */
export const MANDATORY_KINDS: readonly MailKind[] = ['account', 'alert'];

/**
 * Composes the envelope of an email. Nothing that is visible before opening it reveals its subject,
 * and neither does the text unless its recipient chose so.
 */
@Injectable()
export class Envelopes {
  private readonly host: string;
  private readonly sender: Envelope['from'];

  constructor(
    private readonly config: Config,
    private readonly messages: Messages,
    private readonly templates: MailTemplates,
  ) {
    this.host = new URL(config.baseUrl).hostname;
    this.sender = parseAddress(config.MAIL_FROM);
  }

  /** @throws Error for an email that must allow unsubscribing but has no token */
  async of(email: Email): Promise<Envelope> {
    if (email.unsubscribeToken === undefined && !MANDATORY_KINDS.includes(email.kind))
      throw new Error(`an email of the kind ${email.kind} without an unsubscribe token`);
    const base = this.config.baseUrl;
    const locale = this.messages.forMails(email.locale);
    const page = { locale, baseUrl: base };
    const leave =
      email.unsubscribeToken === undefined
        ? undefined
        : `${base}/unsubscribe/${email.unsubscribeToken}`;
    const appearance = email.appearance ?? PLAIN_APPEARANCE;
    const view =
      leave === undefined
        ? email.view
        : {
            ...email.view,
            leave,
            settings: `${base}/settings/notifications`,
            why: this.messages.text(locale, `mail.${email.template}.why`),
            word: this.wordOf(appearance, locale),
          };
    return {
      from: this.from(appearance, locale),
      to: email.to,
      ...(email.replyTo === undefined ? {} : { replyTo: email.replyTo }),
      ...this.returnPath(email.key),
      subject: this.messages.text(
        locale,
        leave === undefined
          ? `mail.${email.template}.subject`
          : `mail.subject.${appearance.subject}`,
      ),
      text: this.templates.text(email.template, view, page),
      html: await this.templates.html(email.template, view, page),
      messageId: this.messageId(email.key),
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        ...this.conversationHeaders(email),
        ...this.unsubscribeHeaders(email, leave),
        ...email.headers,
      },
    };
  }

  /** The tag in the return address of an email; null if bounces are not processed. */
  bounceMark(key: string): string | null {
    return this.config.MAIL_BOUNCE_ADDRESS === undefined
      ? null
      : bounceMark(this.config.secret, key);
  }

  private returnPath(key: string): { returnPath?: string } {
    const mark = this.bounceMark(key);
    return mark === null
      ? {}
      : { returnPath: this.config.MAIL_BOUNCE_ADDRESS?.replace('@', `+${mark}@`) };
  }

  private wordOf({ privateWord }: MailAppearance, locale: string): string | null {
    return privateWord === ''
      ? null
      : this.messages.text(locale, 'mail.word', { word: privateWord });
  }

  private from({ sender }: MailAppearance, locale: string): Envelope['from'] {
    const { name, address } = this.sender;
    if (sender === 'none') return { name: '', address };
    return {
      name: sender === 'operator' ? name : this.messages.text(locale, `mail.sender.${sender}`),
      address,
    };
  }

  private conversationHeaders({ about }: Email): Record<string, string> {
    if (about === undefined) return {};
    const id = this.messageId(about);
    return { References: id, 'In-Reply-To': id };
  }

  private unsubscribeHeaders(email: Email, leave: string | undefined): Record<string, string> {
    if (leave === undefined) return {};
    const byMail = this.config.MAIL_LEAVE_ADDRESS?.replace(
      '@',
      `+${email.unsubscribeToken ?? ''}@`,
    );
    return {
      'List-Id': `<messages.${this.host}>`,
      'List-Unsubscribe': byMail === undefined ? `<${leave}>` : `<${leave}>, <mailto:${byMail}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      Precedence: 'bulk',
    };
  }

  // Derived from the key, so that mail clients recognise a duplicate that was sent after a crash.
  private messageId(value: string): string {
    return `<${opaqueId(this.config.secret, value)}@${this.host}>`;
  }
}

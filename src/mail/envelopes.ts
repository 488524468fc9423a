import { Injectable } from '@nestjs/common';
import { Config } from '../kernel/config.js';
import { Messages } from '../i18n/messages.js';
import {
  bounceMark,
  opaque,
  parseAddress,
  PLAIN_APPEARANCE,
  type MailAppearance,
} from './mail-appearance.js';
import { MailTemplates } from './mail-templates.js';
import type { Envelope } from './transport.js';

/**
 * One mail: a template in `views/mail` (`<name>.txt.hbs`, `<name>.mjml`) and what it is filled
 * with.
 */
export interface Email {
  /** The same mail is sent once, however often its job runs. */
  readonly key: string;
  /** `account` for account security; everything else can be left. */
  readonly kind: string;
  /**
   * Null where the address is not, or no longer, the member's: what comes back from it stops
   * nothing.
   */
  readonly memberId: string | null;
  readonly to: string;
  readonly locale: string;
  readonly template: string;
  readonly view: object;
  readonly headers?: Record<string, string>;
  readonly look?: MailAppearance;
  /** Lets the reader out without a log-in (RFC 8058). */
  readonly leaveToken?: string;
  /** Where an answer by mail goes, where that is offered. */
  readonly replyTo?: string | undefined;
  /** Mails about one thing stand together in a mail program; the thing itself is not told. */
  readonly about?: string;
}

/** Kinds that nobody can leave while they have an account or a duty. */
export const STAYING = ['account', 'alert'];

/**
 * Turns a letter into what goes over the wire. Nothing that can be seen without opening it tells
 * what it is about, nor does the mail itself unless its reader chose so.
 */
@Injectable()
export class Envelopes {
  constructor(
    private readonly config: Config,
    private readonly messages: Messages,
    private readonly templates: MailTemplates,
  ) {}

  async of(letter: Email): Promise<Envelope> {
    if (letter.leaveToken === undefined && !STAYING.includes(letter.kind))
      throw new Error(`a mail of the kind ${letter.kind} without a way to leave`);
    const base = this.config.baseUrl;
    const page = { locale: letter.locale, baseUrl: base };
    const leave =
      letter.leaveToken === undefined ? undefined : `${base}/unsubscribe/${letter.leaveToken}`;
    const view =
      leave === undefined
        ? letter.view
        : {
            ...letter.view,
            leave,
            settings: `${base}/settings/notifications`,
            why: this.messages.text(letter.locale, `mail.${letter.template}.why`),
          };
    const look = letter.look ?? PLAIN_APPEARANCE;
    return {
      from: this.from(look, letter.locale),
      to: letter.to,
      ...(letter.replyTo === undefined ? {} : { replyTo: letter.replyTo }),
      ...this.returnPath(letter.key),
      subject: this.messages.text(
        letter.locale,
        leave === undefined ? `mail.${letter.template}.subject` : `mail.subject.${look.subject}`,
      ),
      text: this.templates.text(letter.template, view, page),
      html: await this.templates.html(letter.template, view, page),
      messageId: this.mark(letter.key),
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        ...this.standing(letter, leave),
        ...letter.headers,
      },
    };
  }

  /** The mark of a mail in the address that its bounce comes to; null where nobody reads that. */
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

  private from(look: MailAppearance, locale: string): Envelope['from'] {
    const { name, address } = parseAddress(this.config.MAIL_FROM);
    if (look.sender === 'none') return { name: '', address };
    return {
      name:
        look.sender === 'operator'
          ? name
          : this.messages.text(locale, `mail.sender.${look.sender}`),
      address,
    };
  }

  private standing(letter: Email, leave: string | undefined): Record<string, string> {
    const headers: Record<string, string> = {};
    if (letter.about !== undefined)
      headers.References = headers['In-Reply-To'] = this.mark(letter.about);
    if (leave === undefined) return headers;
    const byMail = this.config.MAIL_LEAVE_ADDRESS?.replace('@', `+${letter.leaveToken ?? ''}@`);
    return {
      ...headers,
      'List-Id': `<messages.${this.host}>`,
      'List-Unsubscribe': byMail === undefined ? `<${leave}>` : `<${leave}>, <mailto:${byMail}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      Precedence: 'bulk',
    };
  }

  // Made from the key: sent twice after a crash, it is one mail to programs that look.
  private mark(value: string): string {
    return `<${opaque(this.config.secret, value)}@${this.host}>`;
  }

  private get host(): string {
    return new URL(this.config.baseUrl).hostname;
  }
}

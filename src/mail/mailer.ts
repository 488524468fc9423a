import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { newToken } from '../kernel/ids.js';
import { Logger } from '../kernel/logger.js';
import { Messages } from '../kernel/messages.js';
import { Sql, statement } from '../kernel/sql.js';
import { Templates } from '../kernel/templates.js';
import { MailTransport } from './transport.js';

/** One mail: a template in `views/mail` (`<name>.txt.hbs`, `<name>.html.hbs`) and a subject from the messages. */
export interface Letter {
  /** The same mail is sent once, however often its job runs. */
  key: string;
  kind: string;
  memberId: string;
  to: string;
  locale: string;
  template: string;
  view: object;
  headers?: Record<string, string>;
}

const claim = statement<{ key: string }>(
  'mail.claim',
  `insert into mail_deliveries as d (key, kind, member_id, state, attempts, lease_until, created_at)
   values ($1, $2, $3, 'sending', 1, $4::timestamptz + interval '2 minutes', $4)
   on conflict (key) do update set attempts = d.attempts + 1, lease_until = excluded.lease_until, state = 'sending'
     where d.state in ('waiting') or (d.state = 'sending' and d.lease_until < $4)
   returning key`,
);
const settle = statement('mail.settle', `update mail_deliveries set state = $2, code = $3, settled_at = $4, lease_until = null where key = $1`);
const stateOf = statement<{ state: string }>('mail.state', 'select state from mail_deliveries where key = $1');

/** Thrown where another worker holds this mail just now; the job comes back later. */
export class MailInFlight extends Error {}

/**
 * Sends a letter once. The row is claimed before SMTP is spoken to and settled after; a process killed in between leaves
 * the one mail in flight to be sent again when its lease is over. Addresses and words are never kept.
 */
@Injectable()
export class Mailer {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly sql: Sql,
    private readonly templates: Templates,
    private readonly messages: Messages,
    private readonly transport: MailTransport,
    private readonly logger: Logger,
  ) {}

  /** @throws when the server could not be reached or asked us to come back: the job tries again */
  async deliver(letter: Letter): Promise<void> {
    const claimed = await this.sql.first(claim, [letter.key, letter.kind, letter.memberId, this.clock.now()]);
    if (claimed === null) return this.alreadyClaimed(letter.key);
    try {
      await this.transport.send(this.envelope(letter));
    } catch (error) {
      const code = (error as { responseCode?: number }).responseCode ?? 0;
      const final = code >= 500 && code < 600;
      await this.sql.rows(settle, [letter.key, final ? 'refused' : 'waiting', code, this.clock.now()]);
      if (!final) throw error;
      this.logger.warn('a mail was refused for good', { kind: letter.kind, code });
      return;
    }
    await this.sql.rows(settle, [letter.key, 'sent', 250, this.clock.now()]);
  }

  private async alreadyClaimed(key: string): Promise<void> {
    const known = await this.sql.first(stateOf, [key]);
    if (known?.state === 'sending') throw new MailInFlight();
  }

  private envelope(letter: Letter): Parameters<MailTransport['send']>[0] {
    const page = { locale: letter.locale, baseUrl: this.config.baseUrl };
    const host = new URL(this.config.baseUrl).hostname;
    return {
      to: letter.to,
      subject: this.messages.text(letter.locale, `mail.${letter.template}.subject`),
      text: plain(this.templates.render(`mail/${letter.template}.txt`, letter.view, page)),
      html: this.templates.page(`mail/${letter.template}.html`, letter.view, page, 'mail/layout'),
      messageId: `<${newToken(18)}@${host}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...letter.headers },
    };
  }
}

// The text part is written with the same escaping template language; there is no markup in it to protect.
function plain(text: string): string {
  return text
    .replaceAll('&#x27;', "'").replaceAll('&quot;', '"').replaceAll('&#x3D;', '=').replaceAll('&#x60;', '`')
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
    .replace(/\n{3,}/g, '\n\n').trim() + '\n';
}

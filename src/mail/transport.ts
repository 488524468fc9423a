import { readFileSync } from 'node:fs';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import DKIM from 'nodemailer/lib/dkim';
import SMTPPool from 'nodemailer/lib/smtp-pool';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { isLoopbackHost } from '../kernel/network.js';
import { messageText, routeOf, type Envelope } from './message-text.js';
import { OutgoingMessage } from './outgoing-message.js';

export type { Envelope } from './message-text.js';

// RFC 8058 requires both unsubscribe headers to be signed.
const SIGNED = [
  'from',
  'reply-to',
  'to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'auto-submitted',
].join(':');

/**
 * Whether a password is sent to a mail server on another machine, which then requires TLS.
 * Otherwise TLS is opportunistic.
 */
export function hasPassword(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const { hostname, username } = new URL(url);
  return username !== '' && !isLoopbackHost(hostname);
}

/** What of Nodemailer's pool is used: its own type also wants a message that Nodemailer composed. */
interface Pool {
  send(
    mail: { data: { signal?: AbortSignal }; message: OutgoingMessage },
    done: (error: Error | null) => void,
  ): boolean;
  verify(): Promise<true>;
  close(): void;
}

/** Sends by SMTP. Replaced in tests. */
@Injectable()
export class MailTransport implements OnApplicationShutdown {
  private pool: Pool | null = null;
  private signer: DKIM | null = null;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends an email.
   * @param held the email itself is sent only after this has resolved, its addresses before; if it
   *   rejects, the email is not sent, and the returned promise rejects
   */
  async send(envelope: Envelope, held?: Promise<void>): Promise<void> {
    const pool = this.open();
    const dropped = held === undefined ? undefined : new AbortController();
    const ready = held?.catch((error: unknown) => {
      dropped?.abort(error);
      // Never resolves: the connection is closed, without the email.
      return new Promise<void>(() => undefined);
    });
    const message = new OutgoingMessage(
      routeOf(envelope),
      envelope.messageId,
      messageText(envelope, this.clock.now()),
      this.signer,
      ready ?? Promise.resolve(),
    );
    const data = dropped === undefined ? {} : { signal: dropped.signal };
    await new Promise<void>((resolve, reject) => {
      pool.send({ data, message }, (error) => {
        if (error === null) resolve();
        else reject(dropped?.signal.aborted === true ? (dropped.signal.reason as Error) : error);
      });
    });
  }

  /** Whether the mail server answers. */
  async answers(): Promise<boolean> {
    // The caller reports that the mail server is unreachable.
    return this.open()
      .verify()
      .then(
        () => true,
        () => false,
      );
  }

  onApplicationShutdown(): void {
    this.pool?.close();
  }

  private open(): Pool {
    if (this.pool !== null) return this.pool;
    this.signer = this.createSigner();
    // As a pool, it only calls the methods that `OutgoingMessage` has.
    this.pool = new SMTPPool({
      url: this.config.SMTP_URL ?? '',
      maxConnections: 4,
      maxMessages: 1_000,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      requireTLS: hasPassword(this.config.SMTP_URL),
    }) as unknown as Pool;
    return this.pool;
  }

  private createSigner(): DKIM | null {
    const {
      DKIM_DOMAIN: domainName,
      DKIM_PRIVATE_KEY_FILE: file,
      DKIM_SELECTOR: keySelector,
    } = this.config;
    if (domainName === undefined || file === undefined) return null;
    return new DKIM({
      domainName,
      keySelector,
      privateKey: readFileSync(file, 'utf8'),
      headerFieldNames: SIGNED,
    });
  }
}

import { readFileSync } from 'node:fs';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Config } from '../kernel/config.js';
import { isLoopbackHost } from '../kernel/network.js';
import { encodeAtOnce } from './message-source.js';

/** An email as it is sent. */
export interface Envelope {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  messageId: string;
  replyTo?: string;
  /** Address for bounces (VERP); defaults to the sender's address. */
  returnPath?: string;
}

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

/** Sends by SMTP. Replaced in tests. */
@Injectable()
export class MailTransport implements OnApplicationShutdown {
  private transporter: Transporter | null = null;

  constructor(private readonly config: Config) {}

  async send(envelope: Envelope): Promise<void> {
    const { returnPath, ...mail } = envelope;
    await this.open().sendMail(
      returnPath === undefined ? mail : { ...mail, envelope: { from: returnPath, to: mail.to } },
    );
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
    this.transporter?.close();
  }

  private signing(): object {
    const {
      DKIM_DOMAIN: domainName,
      DKIM_PRIVATE_KEY_FILE: file,
      DKIM_SELECTOR: keySelector,
    } = this.config;
    if (domainName === undefined || file === undefined) return {};
    return {
      dkim: {
        domainName,
        keySelector,
        privateKey: readFileSync(file, 'utf8'),
        headerFieldNames: SIGNED,
      },
    };
  }

  private open(): Transporter {
    return (this.transporter ??= this.create());
  }

  private create(): Transporter {
    const signing = this.signing();
    const transporter = createTransport({
      url: this.config.SMTP_URL ?? '',
      pool: true,
      maxConnections: 4,
      maxMessages: 1_000,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
      requireTLS: hasPassword(this.config.SMTP_URL),
      ...signing,
    } as never) as Transporter;
    transporter.use('stream', encodeAtOnce('dkim' in signing));
    return transporter;
  }
}

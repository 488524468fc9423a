import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Config } from '../kernel/config.js';

export interface Envelope {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  messageId: string;
}

/** SMTP. The suite puts a transport of its own in this place. */
@Injectable()
export class MailTransport implements OnApplicationShutdown {
  private transporter: Transporter | null = null;

  constructor(private readonly config: Config) {}

  async send(envelope: Envelope): Promise<void> {
    await this.open().sendMail(envelope);
  }

  /** Whether the mail server answers. */
  async answers(): Promise<boolean> {
    return this.open().verify().then(() => true, () => false);
  }

  onApplicationShutdown(): void {
    this.transporter?.close();
  }

  private open(): Transporter {
    this.transporter ??= createTransport({
      url: this.config.SMTP_URL ?? '', pool: true, maxConnections: 4, maxMessages: 1_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, disableFileAccess: true, disableUrlAccess: true,
    } as never) as Transporter;
    return this.transporter;
  }
}

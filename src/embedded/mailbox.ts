import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { MailDev } from 'maildev';
import { importModule } from '../kernel/import-module.js';
import { EmbeddedFault } from './cluster.js';
import { freePort } from './free-port.js';

/**
 * A mailbox for development: an SMTP server on loopback that catches all emails, with a page to
 * read them.
 */
export class Mailbox {
  private constructor(
    private readonly maildev: MailDev,
    readonly smtpUrl: string,
    readonly address: string,
  ) {}

  /**
   * @param port for the page, 0 for any; falls back to a free one if it is in use
   * @throws EmbeddedFault if the package is not installed
   */
  static async start(dataDir: string, port: number): Promise<Mailbox> {
    const { MailDev: Server } = await packagedMailbox();
    const smtpPort = await freePort();
    const webPort = await portOr(port);
    const folder = join(dataDir, 'mailbox');
    mkdirSync(folder, { recursive: true });
    const maildev = new Server({
      smtp: smtpPort,
      ip: '127.0.0.1',
      web: webPort,
      webIp: '127.0.0.1',
      mailDirectory: folder,
      silent: true,
    });
    await maildev.start();
    return new Mailbox(maildev, `smtp://127.0.0.1:${smtpPort}`, `http://localhost:${webPort}`);
  }

  async stop(): Promise<void> {
    await this.maildev.stop();
  }
}

function portOr(port: number): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    // The port is in use.
    server.once('error', () => resolve(freePort()));
    server.listen(port, '127.0.0.1', () =>
      server.close(() => resolve(port === 0 ? freePort() : port)),
    );
  });
}

/** An optional package, which loads a mail server. */
async function packagedMailbox(): Promise<typeof import('maildev')> {
  try {
    return (await importModule('maildev')) as typeof import('maildev');
  } catch {
    throw new EmbeddedFault(
      'no mailbox was installed: run `npm ci` with optional packages, or set SMTP_URL',
    );
  }
}

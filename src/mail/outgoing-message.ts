import { Readable } from 'node:stream';
import type DKIM from 'nodemailer/lib/dkim';
import type { Route } from './message-text.js';

/**
 * An email for Nodemailer's pool of connections, which asks it for its addresses, then for its
 * source.
 */
export class OutgoingMessage {
  /**
   * @param source ends with CRLF, as each of its lines
   * @param held the source is sent only after this has resolved; it must not reject
   */
  constructor(
    private readonly route: Route,
    private readonly id: string,
    private readonly source: string,
    private readonly signer: DKIM | null,
    private readonly held: Promise<void>,
  ) {}

  getEnvelope(): Route {
    return this.route;
  }

  messageId(): string {
    return this.id;
  }

  getHeader(): string {
    return this.id;
  }

  /** Called again if the message has to be sent on another connection. */
  createReadStream(): Readable {
    const stream = Readable.from(this.chunks(), { objectMode: false });
    return this.signer === null ? stream : this.signer.sign(stream);
  }

  private async *chunks(): AsyncGenerator<Buffer> {
    await this.held;
    yield Buffer.from(this.source);
  }
}

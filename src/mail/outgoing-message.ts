import type { Transform } from 'node:stream';
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
  createReadStream(): MessageSource {
    return new MessageSource(this.source, this.signer, this.held);
  }
}

/** The part of a readable stream that a connection uses. */
class MessageSource {
  /** Whether anything was sent; if not, the pool may use another connection. */
  readableDidRead = false;

  constructor(
    private readonly source: string,
    private readonly signer: DKIM | null,
    private readonly held: Promise<void>,
  ) {}

  /** @param output escapes dots and ends the message; called once the server waits for it */
  pipe(output: Transform): void {
    void this.held.then(() => {
      this.readableDidRead = true;
      if (this.signer !== null) this.signer.sign(this.source).pipe(output);
      else {
        // As `output` would do, but in one piece, so that it is sent with one system call.
        output.push(`${this.source.replace(/^\./gm, '..')}.\r\n`);
        output.push(null);
      }
    });
  }

  destroy(): void {
    // There is nothing to release.
  }
}

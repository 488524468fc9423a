import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Logger } from '../kernel/logger.js';
import { OpenResponses } from './open-responses.js';

/** Milliseconds for requests in flight to finish; less than the process itself waits. */
const TIMEOUT = 20_000;
/** Milliseconds in which a connection opened just now may still send its first request. */
const GRACE = 1_000;

/**
 * Shuts the server down gracefully: it accepts no new connections, lets every request in flight
 * finish, sends `Connection: close` so that clients and proxies do not reuse the connection, and
 * closes idle connections. Otherwise a proxy that keeps its connections alive would keep the
 * process running until it is killed.
 */
@Injectable()
export class GracefulStop implements OnModuleDestroy, BeforeApplicationShutdown {
  private server: Server | null = null;
  private closed: Promise<void> | null = null;
  private readonly answers = new OpenResponses();
  /** Connections without a request so far. Node counts them as busy. */
  private readonly withoutRequest = new Set<Socket>();

  constructor(private readonly logger: Logger) {}

  /** @param server must not be listening yet */
  watch(server: Server): void {
    this.server = server;
    server.on('connection', (socket: Socket) => {
      this.withoutRequest.add(socket);
      socket.once('close', () => this.withoutRequest.delete(socket));
    });
    server.prependListener('request', (req: IncomingMessage, res: ServerResponse) =>
      this.begin(req, res),
    );
  }

  /** Runs before any other service stops; `beforeApplicationShutdown` waits for the responses. */
  onModuleDestroy(): void {
    const { server } = this;
    if (server === null || this.closed !== null) return;
    this.closed = new Promise((resolve) => server.close(() => resolve()));
    for (const res of this.answers) announce(res);
    server.closeIdleConnections();
    setTimeout(() => {
      for (const socket of this.withoutRequest) socket.destroy();
    }, GRACE).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.closed === null) return;
    const timer = setTimeout(() => {
      this.logger.warn('requests were cut because they did not finish', {
        count: this.answers.size,
      });
      this.server?.closeAllConnections();
    }, TIMEOUT);
    await this.closed;
    clearTimeout(timer);
  }

  private begin(req: IncomingMessage, res: ServerResponse): void {
    this.withoutRequest.delete(req.socket);
    const slot = this.answers.add(res);
    if (this.closed !== null) announce(res);
    res.once('close', () => {
      this.answers.delete(slot);
      // A response whose headers were sent before the shutdown could not announce it.
      if (this.closed !== null) setImmediate(() => this.server?.closeIdleConnections());
    });
  }
}

function announce(res: ServerResponse): void {
  if (!res.headersSent) res.setHeader('Connection', 'close');
}

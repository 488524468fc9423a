import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Logger } from '../kernel/logger.js';

/**
 * How long requests in flight may take to finish, in milliseconds; less than the process itself
 * waits.
 */
const PATIENCE = 20_000;
/** A connection that was opened this moment may still bring its first request. */
const GRACE = 1_000;

/**
 * Ends serving in order: accepts nothing new, lets every request in flight finish, tells clients
 * and proxies by `Connection: close` not to send another on the same connection, and closes the
 * connections that only wait. Without that a proxy that keeps its connections alive holds the
 * process until it is killed.
 */
@Injectable()
export class GracefulStop implements OnModuleDestroy, BeforeApplicationShutdown {
  private server: Server | null = null;
  private closed: Promise<void> | null = null;
  private readonly answers = new Set<ServerResponse>();
  /** Connections that have not brought a request yet. Node counts them as busy. */
  private readonly silent = new Set<Socket>();

  constructor(private readonly logger: Logger) {}

  /** @param server before it listens */
  watch(server: Server): void {
    this.server = server;
    server.on('connection', (socket: Socket) => {
      this.silent.add(socket);
      socket.once('close', () => this.silent.delete(socket));
    });
    server.prependListener('request', (req: IncomingMessage, res: ServerResponse) =>
      this.begin(req, res),
    );
  }

  /**
   * Runs before any other service stops; the answers are waited for in `beforeApplicationShutdown`.
   */
  onModuleDestroy(): void {
    const { server } = this;
    if (server === null || this.closed !== null) return;
    this.closed = new Promise((resolve) => server.close(() => resolve()));
    for (const res of this.answers) announce(res);
    server.closeIdleConnections();
    setTimeout(() => {
      for (const socket of this.silent) socket.destroy();
    }, GRACE).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.closed === null) return;
    const timer = setTimeout(() => {
      this.logger.warn('requests were cut because they did not finish', {
        count: this.answers.size,
      });
      this.server?.closeAllConnections();
    }, PATIENCE);
    await this.closed;
    clearTimeout(timer);
  }

  private begin(req: IncomingMessage, res: ServerResponse): void {
    this.silent.delete(req.socket);
    this.answers.add(res);
    if (this.closed !== null) announce(res);
    res.once('close', () => {
      this.answers.delete(res);
      // An answer whose headers were out before the stop could not announce it.
      if (this.closed !== null) setImmediate(() => this.server?.closeIdleConnections());
    });
  }
}

function announce(res: ServerResponse): void {
  if (!res.headersSent) res.setHeader('Connection', 'close');
}

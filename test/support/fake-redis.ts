import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Answers one command, given as its words in lower case; a promise answers later. */
export type Answer = (command: readonly string[], socket: Socket) => string | Promise<string>;

/** A simple string of the Redis protocol. */
export const simple = (text: string): string => `+${text}\r\n`;
/** A bulk string. */
export const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
/** An array of bulk strings. */
export const list = (...items: string[]): string =>
  `*${items.length}\r\n${items.map(bulk).join('')}`;

/** A server on loopback that speaks the Redis protocol and answers as a spec says. */
export class FakeRedis {
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(answer: Answer): Promise<FakeRedis> {
    const server = createServer();
    const fake = new FakeRedis(server);
    server.on('connection', (socket) => {
      fake.sockets.add(socket);
      socket.on('close', () => fake.sockets.delete(socket));
      // Connections are reset by the specs.
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => void respond(chunk.toString('utf8'), socket, answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Closes every connection and keeps listening. */
  drop(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/**
 * Ends the connection after QUIT. Commands are arrays of bulk strings; the short ones of a client
 * arrive whole.
 */
async function respond(text: string, socket: Socket, answer: Answer): Promise<void> {
  const parts = text.split('\r\n');
  for (let at = 0; parts[at]?.startsWith('*');) {
    const count = Number(parts[at]?.slice(1));
    const words = Array.from({ length: count }, (_, n) => parts[at + 2 + 2 * n] ?? '');
    at += 1 + 2 * count;
    socket.write(
      await answer(
        words.map((word) => word.toLowerCase()),
        socket,
      ),
    );
    if (words[0]?.toLowerCase() === 'quit') socket.end();
  }
}

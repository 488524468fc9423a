import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PushMessage {
  path: string;
  method: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A push service on this machine. */
export interface PushService {
  /** With the port. */
  readonly host: string;
  /** All that it was sent, in order. */
  readonly messages: PushMessage[];
  /** The status that it answers with. */
  answer: number;
  close(): Promise<void>;
}

export async function pushService(): Promise<PushService> {
  const messages: PushMessage[] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      const { url: path = '', method = '', headers } = req;
      messages.push({ path, method, headers, body });
      res.writeHead(service.answer, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service: PushService = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages,
    answer: 201,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return service;
}

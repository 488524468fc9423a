import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * An HTTP server that stands in for another system and accepts or rejects webhooks or push
 * messages.
 */
export interface HttpReceiver {
  /** Including the port. */
  readonly host: string;
  readonly url: string;
  /** The status of its responses. */
  answer: number;
  /** All requests received, in order. */
  received: ReceivedRequest[];
  close(): Promise<void>;
}

export async function httpReceiver(answer = 204): Promise<HttpReceiver> {
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const { url: path = '', method = '', headers } = req;
      receiver.received.push({ path, method, headers, body: Buffer.concat(chunks).toString() });
      res.writeHead(receiver.answer, { Location: '/elsewhere' }).end('words of the receiver');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const receiver: HttpReceiver = {
    host,
    url: `http://${host}/in`,
    answer,
    received: [],
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
}

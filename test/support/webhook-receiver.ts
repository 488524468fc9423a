import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Another system on this machine that takes webhooks, or does not. */
export interface WebhookReceiver {
  readonly url: string;
  /** The status of its answers. */
  answer: number;
  received: ReceivedWebhook[];
  close(): void;
}

export async function webhookReceiver(): Promise<WebhookReceiver> {
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      receiver.received.push({ path: req.url ?? '', headers: req.headers, body });
      res.writeHead(receiver.answer, { Location: '/elsewhere' }).end('words of the receiver');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`,
    answer: 204,
    received: [],
    close: () => server.close(),
  };
  return receiver;
}

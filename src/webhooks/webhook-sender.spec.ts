import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { postWebhook, type Outcome } from './webhook-sender.js';

describe('sending a webhook', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const serve = async (listener: RequestListener): Promise<URL> => {
    const started = createServer(listener);
    server = started;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    return new URL(`http://127.0.0.1:${(started.address() as AddressInfo).port}/`);
  };
  const send = (url: URL, mayReach = (): boolean => true, patience = 60_000): Promise<Outcome> =>
    postWebhook(url, { 'webhook-id': 'msg_1' }, '{}', mayReach, patience);

  it('returns the response status without reading the body', async () => {
    const url = await serve((_req, res) => {
      res.writeHead(202);
      res.write('and so on');
    });
    expect(await send(url)).toEqual({ status: 202 });
  });

  it.each<[string, RequestListener]>([
    ['says nothing', () => undefined],
    ['only begins', (_req, res) => res.socket?.write('HTTP/1.1 200 OK')],
  ])('ends in time where a host %s', async (_what, listener) => {
    const url = await serve(listener);
    expect(await send(url, () => true, 50)).toEqual({ fault: 'time' });
  });

  it('connects to allowed addresses only, by IP or name', async () => {
    let asked = 0;
    const url = await serve((_req, res) => {
      asked += 1;
      res.end();
    });
    expect(await send(url, () => false)).toEqual({ fault: 'address' });
    url.hostname = 'localhost';
    const looked: string[] = [];
    const refused = await postWebhook(url, {}, '{}', (address) => {
      looked.push(address);
      return false;
    });
    expect(refused).toEqual({ fault: 'address' });
    expect(looked.length).toBeGreaterThan(0);
    expect(asked).toBe(0);
    expect(await send(url)).toEqual({ status: 200 });
  });
});

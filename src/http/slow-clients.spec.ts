import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { limitSlowClients } from './slow-clients.js';

describe('slow clients', () => {
  let server: Server;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    server = createServer((req, res) => {
      req.resume();
      req.once('end', () => res.end('well'));
    });
    limitSlowClients(server, { headers: 200, request: 400, check: 50 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  /**
   * Sends bytes and waits.
   * @returns the response until the server closed the connection
   */
  function answerTo(words: string): Promise<string> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket);
    let text = '';
    socket.on('data', (piece: Buffer) => (text += piece.toString('utf8')));
    socket.on('error', () => undefined);
    if (words !== '') socket.write(words);
    return new Promise((resolve) => socket.once('close', () => resolve(text)));
  }

  it.each([
    ['say nothing', ''],
    ['do not end their headers', 'GET / HTTP/1.1\r\nHost: boat.example\r\nX-One: 1\r\n'],
    [
      'do not end their body',
      'POST / HTTP/1.1\r\nHost: boat.example\r\nContent-Length: 9\r\n\r\na',
    ],
  ])('that %s are disconnected', async (_what, words) => {
    expect(await answerTo(words)).not.toContain('well');
  });

  it('do not include those that send what they announced', async () => {
    const whole =
      'POST / HTTP/1.1\r\nHost: boat.example\r\nConnection: close\r\nContent-Length: 1\r\n\r\na';
    expect(await answerTo(whole)).toMatch(/^HTTP\/1\.1 200 [\s\S]*well/);
  });
});

import type { Server } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from './support/app.js';

const SECRET = 'a secret of the mail server';

describe('clients that are slow or no mail server of ours', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({ workers: false, env: { MAIL_INTAKE_SECRET: SECRET } });
  });
  afterAll(() => site.close());

  /**
   * Announces an email of 12 MB without sending it. @returns the response, once the connection is
   * closed
   */
  function announce(path: string, authorization: string): Promise<string> {
    const { hostname, port } = new URL(site.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (piece: Buffer) => (text += piece.toString('utf8')));
    socket.on('error', () => undefined);
    socket.write(
      [
        `POST ${path} HTTP/1.1`,
        'Host: boat.example',
        'Content-Type: application/json',
        `Content-Length: ${12 * 1024 * 1024}`,
        ...(authorization === '' ? [] : [`Authorization: ${authorization}`]),
        '\r\n',
      ].join('\r\n'),
    );
    return new Promise((resolve) => socket.once('close', () => resolve(text)));
  }

  it.each(['/webhooks/mail/replies', '/webhooks/mail/bounces'])(
    '%s answers a wrong secret before the body is there, and lets go',
    async (path) => {
      // The first response must not wait for the body, which would time out with a 408 after two
      // minutes.
      for (const authorization of ['', 'Bearer wrong', 'Basic YTpi'])
        expect(await announce(path, authorization)).toMatch(/^HTTP\/1\.1 403 /);
    },
  );

  it('the server gives every client a bounded time', () => {
    const server = site.app.getHttpServer() as Server;
    expect(server.headersTimeout).toBe(15_000);
    expect(server.requestTimeout).toBe(120_000);
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AddressNotAllowed } from '../kernel/checked-lookup.js';
import { publicRequest, isPublicLink, linkState } from './link-check.js';

const failing = (code: string): Error => Object.assign(new Error(), { code });

describe('link check', () => {
  it.each([
    [200, 'works'],
    [204, 'works'],
    [404, 'gone'],
    [410, 'gone'],
    // Many sites reject programs but admit browsers.
    [403, 'unknown'],
    [429, 'unknown'],
    [500, 'unknown'],
    [304, 'unknown'],
  ] as const)('takes %i for %s', async (status, state) => {
    expect(await linkState('https://help.example.org/', () => Promise.resolve(status))).toBe(state);
  });

  it.each([
    ['ENOTFOUND', 'gone'],
    ['ECONNREFUSED', 'unknown'],
    ['UND_ERR_CONNECT_TIMEOUT', 'unknown'],
  ] as const)('takes %s for %s', async (code, state) => {
    expect(await linkState('https://help.example.org/', () => Promise.reject(failing(code)))).toBe(
      state,
    );
  });

  it.each([
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://169.254.169.254/latest',
    'http://localhost/',
    'http://printer.local/',
    'http://db.internal/',
    'ftp://help.example.org/',
    'no address',
  ])('asks nothing of %s', async (address) => {
    expect(isPublicLink(address)).toBe(false);
    let asked = false;
    const ask = (): Promise<number> => {
      asked = true;
      return Promise.resolve(200);
    };
    expect(await linkState(address, ask)).toBe('unknown');
    expect(asked).toBe(false);
  });
});

describe('requesting a link', () => {
  let server: Server;
  let base: string;
  const asked: string[] = [];

  beforeAll(async () => {
    server = createServer((req, res) => {
      asked.push(req.url ?? '');
      const target = { '/moved': '/here', '/inside': base + '/secret', '/round': '/round' }[
        req.url ?? ''
      ];
      if (target === undefined) res.writeHead(req.url === '/none' ? 404 : 200).end('words');
      else res.writeHead(302, { Location: target }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => void asked.splice(0));

  const named = (path: string): string => base.replace('127.0.0.1', 'localhost') + path;
  const anywhere = publicRequest(() => true);

  it('follows redirects and reads the status', async () => {
    expect(await anywhere(`${base}/moved`)).toBe(200);
    expect(await anywhere(`${base}/none`)).toBe(404);
    expect(asked).toEqual(['/moved', '/here', '/none']);
    await expect(anywhere(`${base}/round`)).rejects.toThrow('too many redirects');
  });

  it('connects to public addresses only, by name or IP', async () => {
    const nowhere = publicRequest(() => false);
    await expect(nowhere(named('/here'))).rejects.toBeInstanceOf(AddressNotAllowed);
    await expect(nowhere(`${base}/here`)).rejects.toBeInstanceOf(AddressNotAllowed);
    expect(await linkState('https://localhost.example/', () => nowhere(named('/here')))).toBe(
      'unknown',
    );
    expect(asked).toEqual([]);
  });

  it('does not follow a redirect to a private address', async () => {
    const once = publicRequest((address) => address === '::1' || asked.length === 0);
    await expect(once(`${base}/inside`)).rejects.toBeInstanceOf(AddressNotAllowed);
    expect(asked).toEqual(['/inside']);
  });
});

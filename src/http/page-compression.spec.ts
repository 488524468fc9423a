import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { randomFor } from '../seed/random.js';
import { compressAnswers } from './page-compression.js';

const WORDS = 'river boat lamp tea window morning sister walk garden letter song night'.split(' ');

/** A page as long and varied as a thread of twenty posts. */
function page(): string {
  const random = randomFor(1, 'page');
  const words = (count: number): string =>
    Array.from({ length: count }, () => random.pick(WORDS) + String(random.below(30))).join(' ');
  return Array.from(
    { length: 20 },
    (_, n) =>
      `<article class="post" id="post-${n}"><p class="post__body">${words(120)}</p></article>`,
  ).join('\n');
}

describe('response compression', () => {
  let server: Server;
  let base: string;
  const long = page();

  beforeAll(async () => {
    const app = express();
    app.use(compressAnswers());
    app.get('/long', (_, res) => void res.type('html').send(long));
    app.get('/short', (_, res) => void res.type('html').send('<p>Short.</p>'));
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const bytesFor = (path: string, accepted: string): Promise<[string | null, Buffer]> =>
    new Promise((resolve, reject) => {
      get(`${base}${path}`, { headers: { 'accept-encoding': accepted } }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () =>
          resolve([res.headers['content-encoding'] ?? null, Buffer.concat(chunks)]),
        );
      }).on('error', reject);
    });

  it('uses an encoding that the browser accepts, and decompresses to the same page', async () => {
    const [brotli, small] = await bytesFor('/long', 'gzip, deflate, br');
    expect([brotli, brotliDecompressSync(small).toString()]).toEqual(['br', long]);
    const [gzip, packed] = await bytesFor('/long', 'gzip');
    expect([gzip, gunzipSync(packed).toString()]).toEqual(['gzip', long]);
    const [none, plain] = await bytesFor('/long', 'identity');
    expect([none, plain.toString()]).toEqual([null, long]);
  });

  it('is no larger with Brotli than with gzip at the cheapest quality', async () => {
    const [, brotli] = await bytesFor('/long', 'br');
    const [, gzip] = await bytesFor('/long', 'gzip');
    expect(brotli.length).toBeLessThanOrEqual(gzip.length);
    const sizeAt = (quality: number): number =>
      brotliCompressSync(long, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length;
    expect(brotli.length).toBe(sizeAt(2));
    expect(sizeAt(1)).toBeGreaterThan(gzip.length);
  });

  it('skips responses that are too small to benefit', async () => {
    expect((await bytesFor('/short', 'gzip, br'))[0]).toBeNull();
  });
});

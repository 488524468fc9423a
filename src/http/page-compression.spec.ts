import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateSync,
} from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { PageHtml } from '../rendering/page-html.js';
import { randomFor } from '../seed/random.js';
import { compressAnswers, sendHtml } from './page-compression.js';

const WORDS = 'river boat lamp tea window morning sister walk garden letter song night'.split(' ');

/** A page as long and varied as a thread of twenty posts. */
function page(): string {
  const random = randomFor(1, 'page');
  const words = (count: number): string =>
    Array.from({ length: count }, () => random.pick(WORDS) + String(random.below(30))).join(' ');
  return Array.from(
    { length: 20 },
    (_, n) =>
      `<article class="post" id="post-${n}"><p class="post__body">“${words(120)}” – ✓</p></article>`,
  ).join('\n');
}

describe('response compression', () => {
  let server: Server;
  let base: string;
  const long = page();

  beforeAll(async () => {
    const app = express();
    const html = (res: express.Response): express.Response => res.type('html');
    app.get('/whole/long', (req, res) => void sendHtml(req, html(res), PageHtml.of(long)));
    app.get(
      '/whole/longest',
      (req, res) => void sendHtml(req, html(res), PageHtml.of(long.repeat(5))),
    );
    app.get(
      '/whole/short',
      (req, res) => void sendHtml(req, html(res), PageHtml.of('<p>Short.</p>')),
    );
    app.use(compressAnswers());
    app.get('/stream/long', (_, res) => void html(res).send(long));
    app.get('/stream/short', (_, res) => void html(res).send('<p>Short.</p>'));
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

  describe.each(['/whole', '/stream'])('of %s', (way) => {
    it('uses an encoding that the browser accepts, and decompresses to the same page', async () => {
      const [brotli, small] = await bytesFor(`${way}/long`, 'gzip, deflate, br');
      expect([brotli, brotliDecompressSync(small).toString()]).toEqual(['br', long]);
      const [gzip, packed] = await bytesFor(`${way}/long`, 'gzip');
      expect([gzip, gunzipSync(packed).toString()]).toEqual(['gzip', long]);
      const [deflate, deflated] = await bytesFor(`${way}/long`, 'deflate');
      expect([deflate, inflateSync(deflated).toString()]).toEqual(['deflate', long]);
      const [none, plain] = await bytesFor(`${way}/long`, 'identity');
      expect([none, plain.toString()]).toEqual([null, long]);
    });

    it('is no larger with Brotli than with gzip at the cheapest quality', async () => {
      const [, brotli] = await bytesFor(`${way}/long`, 'br');
      const [, gzip] = await bytesFor(`${way}/long`, 'gzip');
      expect(brotli.length).toBeLessThanOrEqual(gzip.length);
      const sizeAt = (quality: number): number =>
        brotliCompressSync(long, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length;
      expect(brotli.length).toBe(sizeAt(2));
      expect(sizeAt(1)).toBeGreaterThan(gzip.length);
    });

    it('skips responses that are too small to benefit', async () => {
      expect((await bytesFor(`${way}/short`, 'gzip, br'))[0]).toBeNull();
    });
  });

  it('is the same for a text that another thread compresses', async () => {
    const unpack = { br: brotliDecompressSync, gzip: gunzipSync, deflate: inflateSync };
    for (const [name, open] of Object.entries(unpack)) {
      const [encoding, body] = await bytesFor('/whole/longest', name);
      expect([encoding, open(body).toString()]).toEqual([name, long.repeat(5)]);
    }
  });

  it('sends the length of the whole text for HEAD, and varies on the accepted encodings', async () => {
    const answer = await fetch(`${base}/whole/long`, { method: 'HEAD' });
    expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(long)));
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    expect(await answer.text()).toBe('');
  });
});

import { describe, expect, it } from '@jest/globals';
import { compactBody, encodingFor, decompressedBody } from './page-encoding.js';

describe('encodingFor', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.5, gzip', 'gzip'],
    ['gzip;q=0.5, BR; q=0.5', 'br'],
    ['br;q=0, gzip;q=0', 'identity'],
    ['identity', 'identity'],
    ['', 'identity'],
    [undefined, 'identity'],
    ['*', 'br'],
    ['deflate', null],
    ['deflate, gzip;q=0.5', null],
    ['identity;q=0.5, br;q=0.2', 'identity'],
  ])('of %p is %p', (header, encoding) => {
    expect(encodingFor(header)).toBe(encoding);
  });

  it('keeps a compressed page as sent, and compresses a plain one', async () => {
    const page = Buffer.from('words and words '.repeat(200));
    const compact = await compactBody(page, 'identity');
    expect(compact.encoding).toBe('gzip');
    expect(compact.body.length).toBeLessThan(page.length / 4);
    expect(decompressedBody(compact.body)).toEqual(page);
    expect(await compactBody(compact.body, 'br')).toEqual({ body: compact.body, encoding: 'br' });
  });

  it.each([0, 62, 63, 64, 16_384, 100_000])('gives a page of %d bytes back', async (bytes) => {
    const page = Buffer.alloc(bytes, 'Words of a page. ');
    expect(decompressedBody((await compactBody(page, 'identity')).body)).toEqual(page);
  });
});

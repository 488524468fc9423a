import { promisify } from 'node:util';
import zlib, { constants, type BrotliOptions, type ZlibOptions } from 'node:zlib';

/** Bytes above which compressing takes so long that other requests must not wait for it. */
const LONG = 65_536;

export const GZIP: ZlibOptions = { level: 4 };

/**
 * Browsers accept Brotli over https. At quality 2 a page is smaller than with gzip and takes no
 * more time; at 4, the library's default, compressing takes as long as rendering the page and saves
 * another 3 %. The window need not be larger than a page.
 */
export const BROTLI: BrotliOptions = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 2,
    [constants.BROTLI_PARAM_LGWIN]: 18,
  },
};

type Compress<Result> = Record<'br' | 'gzip' | 'deflate', (body: Buffer) => Result>;

const COMPRESS: Compress<Buffer> = {
  br: (body) => zlib.brotliCompressSync(body, BROTLI),
  gzip: (body) => zlib.gzipSync(body, GZIP),
  deflate: (body) => zlib.deflateSync(body, GZIP),
};

const [brotli, gzip, deflate] = [
  promisify<Buffer, BrotliOptions, Buffer>(zlib.brotliCompress),
  promisify<Buffer, ZlibOptions, Buffer>(zlib.gzip),
  promisify<Buffer, ZlibOptions, Buffer>(zlib.deflate),
];
const COMPRESS_ELSEWHERE: Compress<Promise<Buffer>> = {
  br: (body) => brotli(body, BROTLI),
  gzip: (body) => gzip(body, GZIP),
  deflate: (body) => deflate(body, GZIP),
};

/**
 * Compresses a whole page in one call: another thread costs more than a short page takes.
 * @returns a promise if the page is so long that another thread compresses it
 */
export function compressed(
  encoding: keyof typeof COMPRESS,
  body: Buffer,
): Buffer | Promise<Buffer> {
  return (body.length > LONG ? COMPRESS_ELSEWHERE : COMPRESS)[encoding](body);
}

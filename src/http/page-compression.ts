import { promisify } from 'node:util';
import zlib, { constants, type BrotliOptions, type ZlibOptions } from 'node:zlib';
import compression from 'compression';
import type { Request, RequestHandler, Response } from 'express';
import type { PageHtml } from '../rendering/page-html.js';
import { encodingFor } from './page-encoding.js';

/** Bytes below which compressing a response costs more than sending it. */
const THRESHOLD = 2_048;

/** Bytes above which compressing takes so long that other requests must not wait for it. */
const LONG = 65_536;

const GZIP: ZlibOptions = { level: 4 };

/**
 * Browsers accept Brotli over https. At quality 2 a page is smaller than with gzip and takes no
 * more time; at 4, the library's default, compressing takes as long as rendering the page and saves
 * another 3 %. The window need not be larger than a page.
 */
const BROTLI: BrotliOptions = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 2,
    [constants.BROTLI_PARAM_LGWIN]: 18,
  },
};

/**
 * Compresses responses that are sent bit by bit. CSRF tokens are masked anew on every page
 * (csrf.ts), so that the compressed size reveals nothing about them.
 */
export function compressAnswers(): RequestHandler {
  return compression({ ...GZIP, threshold: THRESHOLD, brotli: BROTLI });
}

type Compress<Result> = Record<'br' | 'gzip' | 'deflate', (html: Buffer) => Result>;

const COMPRESS: Compress<Buffer> = {
  br: (html) => zlib.brotliCompressSync(html, BROTLI),
  gzip: (html) => zlib.gzipSync(html, GZIP),
  deflate: (html) => zlib.deflateSync(html, GZIP),
};

const [brotli, gzip, deflate] = [
  promisify<Buffer, BrotliOptions, Buffer>(zlib.brotliCompress),
  promisify<Buffer, ZlibOptions, Buffer>(zlib.gzip),
  promisify<Buffer, ZlibOptions, Buffer>(zlib.deflate),
];
const COMPRESS_ELSEWHERE: Compress<Promise<Buffer>> = {
  br: (html) => brotli(html, BROTLI),
  gzip: (html) => gzip(html, GZIP),
  deflate: (html) => deflate(html, GZIP),
};

/**
 * Sends a whole page, compressed in one piece: a stream on another thread costs several times as
 * much, most of it for waking threads and for the memory of its buffers.
 * @returns a promise if the page is so long that another thread compresses it
 */
export function sendHtml(req: Request, res: Response, html: PageHtml): void | Promise<void> {
  addVary(res);
  const { length } = html;
  const encoding =
    length < THRESHOLD ? 'identity' : (encodingFor(req.headers['accept-encoding']) ?? 'deflate');
  if (req.method === 'HEAD') {
    res.setHeader('Content-Length', length).end();
  } else if (encoding === 'identity') {
    // One string with the headers, which takes less than a buffer beside them.
    res.setHeader('Content-Length', length).end(html.bytes, 'latin1');
  } else if (length > LONG) {
    return COMPRESS_ELSEWHERE[encoding](html.toBuffer()).then((body) =>
      sendBytes(res, encoding, body),
    );
  } else {
    sendBytes(res, encoding, COMPRESS[encoding](html.toBuffer()));
  }
}

function sendBytes(res: Response, encoding: string, body: Buffer): void {
  res.setHeader('Content-Encoding', encoding).setHeader('Content-Length', body.length).end(body);
}

function addVary(res: Response): void {
  const others = res.getHeader('Vary');
  res.setHeader(
    'Vary',
    others === undefined ? 'Accept-Encoding' : `${String(others)}, Accept-Encoding`,
  );
}

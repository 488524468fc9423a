import { promisify } from 'node:util';
import zlib, { constants, type BrotliOptions, type ZlibOptions } from 'node:zlib';
import compression from 'compression';
import type { Request, RequestHandler, Response } from 'express';
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

type Compress<Result> = Record<'br' | 'gzip' | 'deflate', (text: string) => Result>;

const COMPRESS: Compress<Buffer> = {
  br: (text) => zlib.brotliCompressSync(text, BROTLI),
  gzip: (text) => zlib.gzipSync(text, GZIP),
  deflate: (text) => zlib.deflateSync(text, GZIP),
};

const [brotli, gzip, deflate] = [
  promisify<string, BrotliOptions, Buffer>(zlib.brotliCompress),
  promisify<string, ZlibOptions, Buffer>(zlib.gzip),
  promisify<string, ZlibOptions, Buffer>(zlib.deflate),
];
const COMPRESS_ELSEWHERE: Compress<Promise<Buffer>> = {
  br: (text) => brotli(text, BROTLI),
  gzip: (text) => gzip(text, GZIP),
  deflate: (text) => deflate(text, GZIP),
};

/**
 * Sends a whole text, compressed in one piece: a stream on another thread costs several times as
 * much, most of it for waking threads and for the memory of its buffers.
 * @returns a promise if the text is so long that another thread compresses it
 */
export function sendText(req: Request, res: Response, text: string): void | Promise<void> {
  addVary(res);
  const length = Buffer.byteLength(text);
  const encoding =
    length < THRESHOLD ? 'identity' : (encodingFor(req.headers['accept-encoding']) ?? 'deflate');
  if (req.method === 'HEAD') {
    res.setHeader('Content-Length', length).end();
  } else if (encoding === 'identity') {
    res.setHeader('Content-Length', length).end(text);
  } else if (length > LONG) {
    return COMPRESS_ELSEWHERE[encoding](text).then((body) => sendBytes(res, encoding, body));
  } else {
    sendBytes(res, encoding, COMPRESS[encoding](text));
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

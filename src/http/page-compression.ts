import compression from 'compression';
import type { Request, RequestHandler, Response } from 'express';
import type { PageHtml } from '../rendering/page-html.js';
import { BROTLI, compressed, GZIP } from './compress.js';
import { encodingFor } from './page-encoding.js';

/** Bytes below which compressing a response costs more than sending it. */
const THRESHOLD = 2_048;

/**
 * Compresses responses that are sent bit by bit. CSRF tokens are masked anew on every page
 * (csrf.ts), so that the compressed size reveals nothing about them.
 */
export function compressAnswers(): RequestHandler {
  return compression({ ...GZIP, threshold: THRESHOLD, brotli: BROTLI });
}

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
  } else {
    const body = compressed(encoding, html.toBuffer());
    if (body instanceof Promise) return body.then((bytes) => sendBytes(res, encoding, bytes));
    sendBytes(res, encoding, body);
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

import { constants } from 'node:zlib';
import compression, { type CompressionOptions } from 'compression';
import type { RequestHandler } from 'express';

/** Bytes below which compressing an answer costs more than sending it. */
const THRESHOLD = 2_048;

/**
 * Browsers get Brotli over https. At quality 2 a page is smaller than gzip makes it and costs half
 * of the time; at 4, the library's choice, compressing costs as much as making the page and saves 3
 * of 100 bytes more. The window need not be larger than a page.
 */
export const COMPRESSION: CompressionOptions = {
  level: 4,
  threshold: THRESHOLD,
  brotli: {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 2,
      [constants.BROTLI_PARAM_LGWIN]: 18,
    },
  },
};

/**
 * Compresses answers. Tokens are masked anew on every page (csrf.ts), so that a page's compressed
 * size tells nothing about them.
 */
export function compressAnswers(): RequestHandler {
  return compression(COMPRESSION);
}

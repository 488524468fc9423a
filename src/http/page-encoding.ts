import zlib, { constants } from 'node:zlib';
import Negotiator from 'negotiator';
import { compressed } from './compress.js';

/** The encoding of a response, among those that `compressAnswers` chooses from. */
export type PageEncoding = 'br' | 'gzip' | 'identity';

/**
 * The encodings that `compressAnswers` supports, and its order of preference among equally weighted
 * ones.
 */
const ENCODINGS = ['br', 'gzip', 'deflate', 'identity'];
const PREFERRED = ['br', 'gzip'];

/** Maximum number of cached headers: browsers send few different ones. */
const MAX_ENTRIES = 200;
const known = new Map<string, PageEncoding | null>();

/**
 * The encoding that a client prefers, or Brotli among equally weighted ones.
 * @param header Accept-Encoding
 * @returns null if it prefers an encoding in which no page is cached
 */
export function encodingFor(header: string | undefined): PageEncoding | null {
  if (header === undefined || header === '') return 'identity';
  let encoding = known.get(header);
  if (encoding === undefined) {
    encoding = preferred(header);
    if (known.size >= MAX_ENTRIES) known.clear();
    known.set(header, encoding);
  }
  return encoding;
}

function preferred(header: string): PageEncoding | null {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': header } });
  const encoding = negotiator.encoding(ENCODINGS, { preferred: PREFERRED });
  if (encoding === 'deflate') return null;
  return encoding === 'br' || encoding === 'gzip' ? encoding : 'identity';
}

/**
 * Compresses a page for the cache, whichever encoding was requested first: it then needs a quarter
 * of the memory.
 * @param encoding the encoding in which the page was sent
 */
export async function compactBody(
  body: Buffer,
  encoding: PageEncoding,
): Promise<{ body: Buffer; encoding: 'br' | 'gzip' }> {
  if (encoding !== 'identity') return { body: exactCopy(body), encoding };
  return { body: exactCopy(await compressed('gzip', body)), encoding: 'gzip' };
}

/**
 * A copy that owns exactly its bytes: what `zlib` returns is a view of a chunk of 16 KB, which it
 * would keep in memory.
 */
function exactCopy(body: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(body.length);
  body.copy(copy);
  return copy;
}

/** Bytes at the end of a gzip file in which its length before compression stands (RFC 1952). */
const LENGTH_BYTES = 4;

/** Decompresses a cached gzip page, for the few clients that accept no compression. */
export function decompressedBody(body: Buffer): Buffer {
  const length = body.readUInt32LE(body.length - LENGTH_BYTES);
  // One byte more than needed: `zlib` gets another chunk when one is full.
  return zlib.gunzipSync(body, { chunkSize: Math.max(constants.Z_MIN_CHUNK, length + 1) });
}

import { promisify } from 'node:util';
import zlib from 'node:zlib';
import Negotiator from 'negotiator';

/** How an answer is sent; what `compressAnswers` chooses among. */
export type PageEncoding = 'br' | 'gzip' | 'identity';

const gzip = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gzip);

/** What `compressAnswers` can send, and what it sends first where a client takes several alike. */
const ENCODINGS = ['br', 'gzip', 'deflate', 'identity'];
const PREFERRED = ['br', 'gzip'];

/** Browsers send few different headers. */
const MOST_KNOWN = 200;
const known = new Map<string, PageEncoding | null>();

/**
 * The encoding that a client prefers, and Brotli where it takes several alike.
 * @param header Accept-Encoding
 * @returns null where it would rather have one in which no page is kept
 */
export function encodingFor(header: string | undefined): PageEncoding | null {
  if (header === undefined || header === '') return 'identity';
  let encoding = known.get(header);
  if (encoding === undefined) {
    encoding = preferred(header);
    if (known.size >= MOST_KNOWN) known.clear();
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
 * A page is kept compressed, whoever asked for it first: it then takes a quarter of the room.
 * @param encoding how it was sent
 */
export async function compactBody(
  body: Buffer,
  encoding: PageEncoding,
): Promise<{ body: Buffer; encoding: 'br' | 'gzip' }> {
  return encoding === 'identity'
    ? { body: await gzip(body, { level: 4 }), encoding: 'gzip' }
    : { body, encoding };
}

/** Of a page that is kept as gzip, for the few clients that take no compression. */
export function plainBody(body: Buffer): Buffer {
  return zlib.gunzipSync(body);
}

import { promisify } from 'node:util';
import zlib from 'node:zlib';

/** How an answer is sent; what `compressAnswers` chooses among. */
export type PageEncoding = 'br' | 'gzip' | 'identity';

const gzip = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gzip);

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
  const weights = new Map(
    header.split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
      const weight = parameters.find((each) => each.startsWith('q='))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight)];
    }),
  );
  const weightOf = (name: string): number => weights.get(name) ?? weights.get('*') ?? 0;
  const [br, gz] = [weightOf('br'), weightOf('gzip')];
  if (br > 0 && br >= gz) return 'br';
  if (gz > 0) return 'gzip';
  return weightOf('deflate') > 0 ? null : 'identity';
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

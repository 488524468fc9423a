import { ImportFault } from './import-fault.js';

/** Decodes bytes of the dump to text. */
export type Decode = (bytes: Buffer) => string;

const [QUOTE, DOUBLE, BACKSLASH, OPEN, CLOSE, COMMA] = [0x27, 0x22, 0x5c, 0x28, 0x29, 0x2c];
/** Backslash escapes with a special meaning; other characters stand for themselves. */
const ESCAPES: Readonly<Record<number, number>> = {
  0x30: 0x00,
  0x62: 0x08,
  0x6e: 0x0a,
  0x72: 0x0d,
  0x74: 0x09,
  0x5a: 0x1a,
};

/** MySQL character sets by their WHATWG labels. */
const LABELS: Readonly<Record<string, string>> = {
  // MySQL's latin1 is windows-1252.
  latin1: 'windows-1252',
  ascii: 'windows-1252',
  cp1250: 'windows-1250',
  cp1251: 'windows-1251',
  cp1256: 'windows-1256',
  cp1257: 'windows-1257',
  latin2: 'iso-8859-2',
  latin5: 'windows-1254',
  latin7: 'iso-8859-13',
  greek: 'iso-8859-7',
  hebrew: 'iso-8859-8',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  tis620: 'windows-874',
};

/** The decoder for a character set. @param charset MySQL's name */
export function decoderOf(charset: string): Decode {
  if (/^(?:utf8(?:mb[34])?|binary|default)$/i.test(charset))
    return (bytes) => bytes.toString('utf8');
  const label = LABELS[charset.toLowerCase()];
  if (label === undefined)
    throw new ImportFault(
      `The dump is in the character set ${charset}: dump it with --default-character-set=utf8mb4.`,
    );
  const decoder = new TextDecoder(label);
  return (bytes) => decoder.decode(bytes);
}

/**
 * Parses the values of a row in brackets.
 * @param kept which columns to decode; others are null
 * @returns the values and the end of the row; `more` if these bytes do not contain the end
 */
export function readRow(
  bytes: Buffer,
  from: number,
  kept: readonly boolean[],
  decode: Decode,
): { values: (string | null)[]; end: number } | 'more' | 'fault' {
  const values: (string | null)[] = [];
  if (from >= bytes.length) return 'more';
  if (bytes[from] !== OPEN) return 'fault';
  let at = from;
  do {
    at = spaces(bytes, at + 1);
    const end = valueEnd(bytes, at);
    const next = spaces(bytes, end);
    if (next >= bytes.length) return 'more';
    values.push(kept[values.length] === true ? valueOf(bytes, at, end, decode) : null);
    at = next;
  } while (bytes[at] === COMMA);
  return bytes[at] === CLOSE ? { values, end: at + 1 } : 'fault';
}

function spaces(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at += 1;
  return at;
}

/** The end of a value: after its closing quote, or before whatever follows a number or word. */
function valueEnd(bytes: Buffer, from: number): number {
  let at = from;
  for (; at < bytes.length; at += 1) {
    const sign = bytes[at] ?? 0;
    if (sign === COMMA || sign === CLOSE) return at;
    if (sign === QUOTE || sign === DOUBLE) return quotedEnd(bytes, at, sign);
  }
  return at;
}

function quotedEnd(bytes: Buffer, from: number, quote: number): number {
  let at = from + 1;
  while (at < bytes.length) {
    const sign = bytes[at] ?? 0;
    if (sign === BACKSLASH) at += 2;
    else if (sign !== quote) at += 1;
    else if (bytes[at + 1] === quote) at += 2;
    else return at + 1;
  }
  // The next byte could be the second of two quotes.
  return bytes.length;
}

function valueOf(bytes: Buffer, from: number, end: number, decode: Decode): string | null {
  const last = bytes[end - 1] ?? 0;
  if (last === QUOTE || last === DOUBLE) return textOf(bytes, from, end, last, decode);
  const word = bytes.toString('latin1', from, end).trim();
  if (/^null$/i.test(word)) return null;
  const hex = /^0x((?:[0-9a-f]{2})*)$/i.exec(word)?.[1];
  return hex === undefined ? word : decode(Buffer.from(hex, 'hex'));
}

function textOf(bytes: Buffer, from: number, end: number, quote: number, decode: Decode): string {
  const first = bytes.indexOf(quote, from);
  // A prefix states the encoding of the text: x'4a' and b'01', or _binary and others.
  const form = bytes.toString('latin1', from, first).trim().toLowerCase();
  const raw = unescaped(bytes.subarray(first + 1, end - 1), quote);
  if (form === 'x') return decode(Buffer.from(raw.toString('latin1'), 'hex'));
  if (form === 'b') return String(Number.parseInt(raw.toString('latin1'), 2));
  return decode(raw);
}

function unescaped(bytes: Buffer, quote: number): Buffer {
  if (!bytes.includes(BACKSLASH) && !bytes.includes(quote)) return bytes;
  const out = Buffer.allocUnsafe(bytes.length);
  let to = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    let sign = bytes[at] ?? 0;
    if (sign === BACKSLASH) {
      at += 1;
      const behind = bytes[at] ?? BACKSLASH;
      sign = ESCAPES[behind] ?? behind;
    } else if (sign === quote) at += 1;
    out[to] = sign;
    to += 1;
  }
  return out.subarray(0, to);
}

/** The letters, digits and underscores at this position. */
export function readWord(bytes: Buffer, from: number): string {
  let end = from;
  while (end < bytes.length && isWord(bytes[end] ?? 0)) end += 1;
  return bytes.toString('latin1', from, end);
}

function isWord(sign: number): boolean {
  const letter = sign | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    (sign >= 0x30 && sign <= 0x39) ||
    sign === 0x5f ||
    sign === 0x24
  );
}

export function outOfOrderFault(): ImportFault {
  return new ImportFault('The dump ends too early: copy it again, or make it anew.');
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { endianness } from 'node:os';
import type { PackedFeatures } from './feature-table.js';

/** A classifier as it is stored by the build, to be read without parsing its weights. */
export interface PackedClassifier {
  readonly bias: readonly number[];
  readonly features: PackedFeatures;
  readonly numbers: Int16Array;
}

/** Precedes the arrays and texts, in which it says how much of each there is. */
interface Header {
  /** Bytes of the weights that this was made of. */
  readonly source: number;
  readonly bias: readonly number[];
  readonly size: number;
  readonly lengths: readonly number[];
}

/** Bytes for the length of the header, and for its end. */
const WORD = 4;

/** @param source bytes of the weights that the classifier was loaded from */
export function writePacked(
  { bias, features, numbers }: PackedClassifier,
  source: number,
  file: string,
): void {
  const { size, names, rows, parts, pairs, gaps } = features;
  const texts = [names, parts].map((list) => Buffer.from(list.join('\n')));
  const bodies = [...[rows, pairs, gaps, numbers].map(bytesOf), ...texts];
  const header: Header = { source, bias, size, lengths: bodies.map(({ length }) => length) };
  const head = JSON.stringify(header);
  const padded = Buffer.from(head.padEnd(Math.ceil(head.length / WORD) * WORD));
  const length = Buffer.alloc(WORD);
  length.writeUInt32LE(padded.length);
  writeFileSync(file, Buffer.concat([length, padded, ...bodies]));
}

/**
 * @param source bytes of the weights
 * @returns null if there is none for these weights, or for the byte order of this machine
 */
export function readPacked(source: number, file: string): PackedClassifier | null {
  if (endianness() !== 'LE' || !existsSync(file)) return null;
  const all = readFileSync(file);
  let at = WORD + all.readUInt32LE();
  const header = JSON.parse(all.toString('utf8', WORD, at)) as Header;
  if (header.source !== source) return null;
  // Each in memory of its own, as that of the file is returned as a whole.
  const [rows, pairs, gaps, numbers, names, parts] = header.lengths.map((length) => {
    const bytes = new Uint8Array(all.subarray(at, at + length)).buffer;
    at += length;
    return bytes;
  }) as [ArrayBuffer, ArrayBuffer, ArrayBuffer, ArrayBuffer, ArrayBuffer, ArrayBuffer];
  return {
    bias: header.bias,
    features: {
      size: header.size,
      names: linesOf(names),
      rows: new Int32Array(rows),
      parts: linesOf(parts),
      pairs: new Int32Array(pairs),
      gaps: new Int32Array(gaps),
    },
    numbers: new Int16Array(numbers),
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Int16Array | Int32Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

function linesOf(bytes: ArrayBuffer): string[] {
  return Buffer.from(bytes).toString('utf8').split('\n');
}

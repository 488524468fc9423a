import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Parameters of the Bloom filter: with 20 bits per password, the false-positive rate is 1 in
 * 10,000.
 */
const HASHES = 13;
const BITS_EACH = 20;

/** Folds a password for comparison: people vary the case and little else. */
export function foldPassword(password: string): string {
  return password.normalize('NFKC').toLowerCase();
}

/** The bit positions of a password, by double hashing (Kirsch and Mitzenmacher). */
function bitsOf(password: string, size: number): number[] {
  const digest = createHash('sha256').update(foldPassword(password)).digest();
  const [first, step] = [digest.readUInt32BE(0), digest.readUInt32BE(4) | 1];
  return Array.from({ length: HASHES }, (_, n) => (first + n * (step >>> 0)) % size);
}

/**
 * Builds a Bloom filter of passwords.
 * @returns the content of `common-passwords.bin`
 */
export function makeFilter(passwords: readonly string[]): Buffer {
  const filter = Buffer.alloc(Math.ceil((passwords.length * BITS_EACH) / 8));
  for (const password of passwords)
    for (const bit of bitsOf(password, filter.length * 8))
      filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7));
  return filter;
}

/** Whether a password is probably in the filter; no false negatives. */
export function isInFilter(filter: Buffer, password: string): boolean {
  return bitsOf(password, filter.length * 8).every(
    (bit) => ((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0,
  );
}

const common = readFileSync(new URL('./common-passwords.bin', import.meta.url));

/**
 * Whether a password is among the million most common ones in breaches. The list ships with the
 * code, so no password leaves this server; `src/cli/common-passwords.ts` built it.
 */
export function isCommonPassword(password: string): boolean {
  return isInFilter(common, password);
}

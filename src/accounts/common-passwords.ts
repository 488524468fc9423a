import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Bits set for each password: with 20 bits a password, one in 10,000 others seems to be listed. */
const HASHES = 13;
const BITS_EACH = 20;

/** What is compared: people change capitals and not much else. */
export function foldPassword(password: string): string {
  return password.normalize('NFKC').toLowerCase();
}

/** The bits of a password, by double hashing (Kirsch and Mitzenmacher). */
function bitsOf(password: string, size: number): number[] {
  const digest = createHash('sha256').update(foldPassword(password)).digest();
  const [first, step] = [digest.readUInt32BE(0), digest.readUInt32BE(4) | 1];
  return Array.from({ length: HASHES }, (_, n) => (first + n * (step >>> 0)) % size);
}

/** A Bloom filter of passwords. @returns a file for `common-passwords.bin` */
export function makeFilter(passwords: readonly string[]): Buffer {
  const filter = Buffer.alloc(Math.ceil((passwords.length * BITS_EACH) / 8));
  for (const password of passwords)
    for (const bit of bitsOf(password, filter.length * 8))
      filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7));
  return filter;
}

/** Never false for a password that is in the filter. */
export function isInFilter(filter: Buffer, password: string): boolean {
  return bitsOf(password, filter.length * 8).every(
    (bit) => ((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0,
  );
}

const common = readFileSync(new URL('./common-passwords.bin', import.meta.url));

/**
 * Whether a password is among the million that were found most often in breaches. The list ships
 * with the code, so nothing of a password leaves this server; `src/cli/common-passwords.ts` made it.
 */
export function isCommonPassword(password: string): boolean {
  return isInFilter(common, password);
}

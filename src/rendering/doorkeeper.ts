const BITS = 17;

/**
 * Tells what was asked for before, so that a cache keeps nothing that is asked for only once, such
 * as by crawlers: entries that are never used cost their making and, as they outlive young
 * collections of garbage, full ones. A Bloom filter with one hash in 16 KB, emptied when half full:
 * now and then something new passes for known, or something known for new.
 */
export class Doorkeeper {
  private readonly bits = new Uint8Array(2 ** (BITS - 3));
  private known = 0;

  /**
   * @param key any integer of 32 bits
   * @returns whether it was asked for before
   */
  knows(key: number): boolean {
    const place = Math.imul(key, 0x9e3779b1) >>> (32 - BITS);
    const [byte, bit] = [place >>> 3, 1 << (place & 7)];
    if (((this.bits[byte] ?? 0) & bit) !== 0) return true;
    if (this.known >= 2 ** (BITS - 1)) {
      this.bits.fill(0);
      this.known = 0;
    }
    this.known += 1;
    this.bits[byte] = (this.bits[byte] ?? 0) | bit;
    return false;
  }
}

/** A hash of 32 bits of a short text. */
export function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1)
    hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

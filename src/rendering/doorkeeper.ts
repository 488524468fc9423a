const BITS = 19;
/** The share of bits that are set when they are cleared. */
const FULL = 1 / 4;

/**
 * Tells what was asked for before, so that a cache keeps nothing that is asked for only once, such
 * as by crawlers: entries that are never used cost their making and, as they outlive young
 * collections of garbage, full ones. A Bloom filter with two hashes in 64 KB, emptied after some
 * 65,000 new keys: now and then something known passes for new, and of a hundred new ones two pass
 * for known.
 */
export class Doorkeeper {
  private readonly bits = new Uint8Array(2 ** (BITS - 3));
  private known = 0;

  /**
   * @param key any integer of 32 bits
   * @returns whether it was asked for before
   */
  knows(key: number): boolean {
    const first = this.set(Math.imul(key, 0x9e3779b1) >>> (32 - BITS));
    const second = this.set(Math.imul(key ^ (key >>> 15), 0x85ebca77) >>> (32 - BITS));
    if (this.known >= 2 ** BITS * FULL) {
      this.bits.fill(0);
      this.known = 0;
    }
    return first && second;
  }

  /** @returns whether the bit was set before */
  private set(place: number): boolean {
    const [byte, bit] = [place >>> 3, 1 << (place & 7)];
    const bits = this.bits[byte] ?? 0;
    if ((bits & bit) !== 0) return true;
    this.bits[byte] = bits | bit;
    this.known += 1;
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

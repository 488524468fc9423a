/** While the cache is full, one of so many new values is taken in. */
const ONE_OF = 8;

interface Kept<V> {
  value: V;
  bytes: number;
  /** Read since it was last passed over. */
  used: boolean;
}

/**
 * Values within a bound in bytes. Those that were not read for the longest time go first. While it
 * is full, most new values are turned away: readers who go through everything, as robots do, would
 * otherwise push out what many read.
 */
export class BoundedCache<V> {
  private readonly kept = new Map<string, Kept<V>>();
  private turnedAway = 0;
  /** Of all values that are kept. */
  bytes = 0;

  constructor(private readonly mostBytes: number) {}

  get(key: string): V | undefined {
    const found = this.kept.get(key);
    if (found === undefined) return undefined;
    found.used = true;
    return found.value;
  }

  /** Keeps a value, or replaces the one under its key. @param bytes of the value, about */
  set(key: string, value: V, bytes: number): void {
    const known = this.kept.get(key);
    if (known === undefined && this.bytes + bytes > this.mostBytes) {
      this.turnedAway = (this.turnedAway + 1) % ONE_OF;
      if (this.turnedAway !== 0) return;
    }
    if (known !== undefined) this.drop(key, known);
    if (bytes > this.mostBytes) return;
    this.makeRoom(bytes);
    this.kept.set(key, { value, bytes, used: false });
    this.bytes += bytes;
  }

  delete(key: string): void {
    const known = this.kept.get(key);
    if (known !== undefined) this.drop(key, known);
  }

  clear(): void {
    this.kept.clear();
    this.bytes = 0;
  }

  /** How many are kept. */
  get size(): number {
    return this.kept.size;
  }

  private makeRoom(bytes: number): void {
    for (const [key, oldest] of this.kept) {
      if (this.bytes + bytes <= this.mostBytes) return;
      this.drop(key, oldest);
      // A second chance, behind all others.
      if (oldest.used) {
        this.kept.set(key, { ...oldest, used: false });
        this.bytes += oldest.bytes;
      }
    }
  }

  private drop(key: string, { bytes }: Kept<V>): void {
    this.kept.delete(key);
    this.bytes -= bytes;
  }
}

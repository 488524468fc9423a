/** While a cache is full, only one of this many new values is admitted, unless it says otherwise. */
const ONE_OF = 8;

interface Kept<V> {
  value: V;
  bytes: number;
  /** Read since it was last considered for eviction. */
  used: boolean;
}

/**
 * A cache with a maximum size in bytes and second-chance (CLOCK) eviction. While it is full, most
 * new values are not admitted: otherwise readers who go through everything, such as crawlers, would
 * evict popular values.
 */
export class BoundedCache<V> {
  private readonly entries = new Map<string, Kept<V>>();
  private rejections = 0;
  /** Total size of all values in bytes. */
  bytes = 0;

  /** @param oneOf while it is full, one of this many new values is admitted */
  constructor(
    private readonly mostBytes: number,
    private readonly oneOf = ONE_OF,
  ) {}

  get(key: string): V | undefined {
    const found = this.entries.get(key);
    if (found === undefined) return undefined;
    found.used = true;
    return found.value;
  }

  /**
   * Adds a value, or replaces that of an existing key.
   * @param bytes approximate size of the value
   */
  set(key: string, value: V, bytes: number): void {
    if (this.entries.has(key) || this.admits(bytes)) this.put(key, value, bytes);
  }

  /**
   * Whether to keep a value of a new key, for a value that costs more to prepare than what it is
   * needed for now. If so, it is added with `put`.
   * @param bytes approximate size of the value
   */
  admits(bytes: number): boolean {
    if (this.bytes + bytes <= this.mostBytes) return true;
    this.rejections = (this.rejections + 1) % this.oneOf;
    return this.rejections === 0;
  }

  /** Like `set`, for a value that was admitted. */
  put(key: string, value: V, bytes: number): void {
    const known = this.entries.get(key);
    if (known !== undefined) this.drop(key, known);
    if (bytes > this.mostBytes) return;
    this.evictFor(bytes);
    this.entries.set(key, { value, bytes, used: false });
    this.bytes += bytes;
  }

  delete(key: string): void {
    const known = this.entries.get(key);
    if (known !== undefined) this.drop(key, known);
  }

  /** Deletes the values of which `outdated` is true. */
  deleteIf(outdated: (value: V) => boolean): void {
    for (const [key, kept] of this.entries) if (outdated(kept.value)) this.drop(key, kept);
  }

  clear(): void {
    this.entries.clear();
    this.bytes = 0;
  }

  /** Number of values. */
  get size(): number {
    return this.entries.size;
  }

  /** The share of its maximum size that is used, from 0 to 1. */
  get fill(): number {
    return this.bytes / this.mostBytes;
  }

  private evictFor(bytes: number): void {
    for (const [key, oldest] of this.entries) {
      if (this.bytes + bytes <= this.mostBytes) return;
      this.drop(key, oldest);
      // Second chance: moves it behind all others.
      if (oldest.used) {
        this.entries.set(key, { ...oldest, used: false });
        this.bytes += oldest.bytes;
      }
    }
  }

  private drop(key: string, { bytes }: Kept<V>): void {
    this.entries.delete(key);
    this.bytes -= bytes;
  }
}

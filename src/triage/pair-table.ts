/** The row of a feature that the table does not contain. */
export const NO_ROW = -1;

const PART_BITS = 16;
/** Parts are numbered below this, so that the two of a pair fit into one integer. */
export const MOST_PARTS = 1 << PART_BITS;

/**
 * Rows by two parts: an open hash table of a key and a row for each entry, as small as it can be,
 * because reading a text looks up hundreds of pairs all over it.
 */
export class PairTable {
  private size = 0;
  private capacity = 1 << 10;
  /** Key and row of each entry; the key is 0 where there is none. */
  private entries = new Int32Array(this.capacity * 2);

  /** A table with the entries of another one. */
  static of(entries: Int32Array<ArrayBuffer>): PairTable {
    const table = new PairTable();
    table.entries = entries;
    table.capacity = entries.length / 2;
    for (let at = 0; at < entries.length; at += 2) if (entries[at] !== 0) table.size += 1;
    return table;
  }

  packed(): Int32Array<ArrayBuffer> {
    return this.entries;
  }

  get(first: number, second: number): number {
    const at = this.place((first << PART_BITS) | second);
    return this.entries[at] === 0 ? NO_ROW : (this.entries[at + 1] as number);
  }

  set(first: number, second: number, row: number): void {
    this.put((first << PART_BITS) | second, row);
  }

  private put(key: number, row: number): void {
    if (this.size * 3 >= this.capacity * 2) this.grow();
    const at = this.place(key);
    if (this.entries[at] === 0) this.size += 1;
    this.entries[at] = key;
    this.entries[at + 1] = row;
  }

  /** Where the key is, or else the free entry for it. */
  private place(key: number): number {
    const { entries } = this;
    const last = this.capacity - 1;
    const hash = Math.imul(key ^ (key >>> 15), 0x85ebca6b);
    let slot = (hash ^ (hash >>> 13)) & last;
    for (;;) {
      const found = entries[slot * 2] as number;
      if (found === 0 || found === key) return slot * 2;
      slot = (slot + 1) & last;
    }
  }

  private grow(): void {
    const old = this.entries;
    this.capacity *= 2;
    this.size = 0;
    this.entries = new Int32Array(this.capacity * 2);
    for (let at = 0; at < old.length; at += 2)
      if (old[at] !== 0) this.put(old[at] as number, old[at + 1] as number);
  }
}

import { bitOf } from './phrase-trie.js';

/**
 * The words and groups of a sentence by the position at which they begin, as numbers. Filled from
 * the end of the sentence, and reused for the next one, as a text has many.
 */
export class SentenceKeys {
  size = 0;
  private readonly keys: number[] = [];
  private readonly ends: number[] = [];
  private count = 0;
  /** By position: where its keys begin and end in the lists, and the bits of them all. */
  private readonly firsts: number[] = [];
  private readonly lasts: number[] = [];
  private readonly masks: number[] = [];

  clear(size: number): void {
    this.size = size;
    this.count = 0;
    for (let pos = this.firsts.length; pos < size; pos += 1) {
      this.firsts.push(0);
      this.lasts.push(0);
      this.masks.push(0);
    }
  }

  /** Opens a position with its word; the positions after it are complete. */
  begin(pos: number, word: number): void {
    this.firsts[pos] = this.count;
    this.masks[pos] = 0;
    this.put(pos, word, pos + 1);
  }

  /** Adds a group; false if it is there already. */
  add(pos: number, group: number, end: number): boolean {
    for (let n = this.first(pos); n < this.count; n += 1)
      if (this.keys[n] === group && this.ends[n] === end) return false;
    this.put(pos, group, end);
    return true;
  }

  private put(pos: number, key: number, end: number): void {
    this.keys[this.count] = key;
    this.ends[this.count] = end;
    this.count += 1;
    this.lasts[pos] = this.count;
    this.masks[pos] = (this.masks[pos] as number) | bitOf(key);
  }

  /** Indices of the keys at a position: the first, and one past the last. */
  first(pos: number): number {
    return this.firsts[pos] as number;
  }

  last(pos: number): number {
    return this.lasts[pos] as number;
  }

  key(index: number): number {
    return this.keys[index] as number;
  }

  /** Where the word or group ends. */
  end(index: number): number {
    return this.ends[index] as number;
  }

  /** The bits of everything that begins at a position. */
  bits(pos: number): number {
    return this.masks[pos] as number;
  }

  word(pos: number): number {
    return this.key(this.first(pos));
  }
}

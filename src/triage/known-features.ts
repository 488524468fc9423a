import { NO_ROW } from './feature-table.js';
import type { FeatureSink } from './features.js';

/** Enough for two thousand characters. */
const FIRST_ROOM = 4_096;

/**
 * The features of a text that the classifier knows. The lists are reused for the next text, as they
 * are the largest thing that screening would allocate.
 */
export class KnownFeatures implements FeatureSink {
  count = 0;
  rows = new Int32Array(FIRST_ROOM);
  /** The index of the word where each ends; -1 if it has no position. */
  places = new Int32Array(FIRST_ROOM);
  /** How many words each spans. */
  words = new Int32Array(FIRST_ROOM);
  /** The previous index of the same feature in the lists; -1 for its first occurrence. */
  previous = new Int32Array(FIRST_ROOM);
  /** The list index at which each sentence begins, plus the total length. */
  readonly starts: number[] = [];
  /** The last index of each row; -1 for each between two texts. */
  private readonly last: Int32Array;

  /** @param features how many the classifier knows */
  constructor(features: number) {
    this.last = new Int32Array(features).fill(-1);
  }

  clear(): void {
    for (let at = 0; at < this.count; at += 1) this.last[this.rows[at] as number] = -1;
    this.count = 0;
    this.starts.length = 0;
  }

  take(row: number, at: number, words: number): void {
    if (row === NO_ROW) return;
    const index = this.count;
    if (index === this.rows.length) this.grow();
    this.rows[index] = row;
    this.places[index] = at;
    this.words[index] = words;
    this.previous[index] = this.last[row] as number;
    this.last[row] = index;
    this.count = index + 1;
  }

  private grow(): void {
    const larger = (list: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(list.length * 2);
      grown.set(list);
      return grown;
    };
    this.rows = larger(this.rows);
    this.places = larger(this.places);
    this.words = larger(this.words);
    this.previous = larger(this.previous);
  }
}

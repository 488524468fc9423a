import type { Word, WordFeatures } from './word.js';

/** The row of a feature that the table does not contain. */
export const NO_ROW = -1;
/** The part that is in no pair. */
export const NO_PART = 0;
const ENDINGS = ['ing', 'ed', 'es', 's', 'ly'];

/** Words for the writer, the reader and third persons. */
const PEOPLE = new Map<string, number>(
  [
    'i me my myself mine',
    'you your yourself u ur yours',
    'he she him her his hers they them their mum dad mother father brother sister son daughter ' +
      'husband wife friend mate partner boyfriend girlfriend nan grandad gran',
  ].flatMap((words, bit) => words.split(' ').map((word) => [word, 1 << bit] as const)),
);

/**
 * The rows of all features. A feature is a name, or a pair of parts (`a b`), next to each other or
 * with a gap of one word (`a _ b`). Parts are numbered, so that reading a text joins no strings.
 */
export class FeatureTable {
  /** The name of each row, only while it grows: names of pairs take more memory than the rest. */
  readonly names: string[] = [];
  /** Number of rows. */
  size = 0;
  private readonly rows = new Map<string, number>();
  private readonly parts = new Map<string, number>();
  private readonly partNames: string[] = [''];
  private readonly pairs = new PairTable();
  private readonly gaps = new PairTable();
  private grows = true;
  /** The parts for the start and the end of a sentence. */
  readonly sentenceStart = this.part('^');
  readonly sentenceEnd = this.part('$');

  /** A table of these features and no other, in this order. */
  static of(names: Iterable<string>): FeatureTable {
    const table = new FeatureTable();
    for (const name of names) table.add(name);
    table.grows = false;
    table.names.length = 0;
    table.partNames.length = 0;
    return table;
  }

  private add(name: string): void {
    const [first = '', second, third] = name.split(' ');
    if (second === undefined) this.row(name);
    else if (third === undefined) this.pair(this.part(first), this.part(second));
    else this.gap(this.part(first), this.part(third));
  }

  row(name: string): number {
    const row = this.rows.get(name);
    if (row !== undefined) return row;
    if (!this.grows) return NO_ROW;
    this.rows.set(name, this.size);
    return this.grow(name);
  }

  /** The number of a part; a part of no pair has none. */
  part(name: string): number {
    const part = this.parts.get(name);
    if (part !== undefined) return part;
    if (!this.grows) return NO_PART;
    if (this.partNames.length === MOST_PARTS) throw new RangeError('too many parts of pairs');
    this.parts.set(name, this.partNames.length);
    return this.partNames.push(name) - 1;
  }

  pair(first: number, second: number): number {
    return this.rowIn(this.pairs, first, second, ' ');
  }

  gap(first: number, second: number): number {
    return this.rowIn(this.gaps, first, second, ' _ ');
  }

  private rowIn(table: PairTable, first: number, second: number, between: string): number {
    if (first === NO_PART || second === NO_PART) return NO_ROW;
    const row = table.get(first, second);
    if (row !== NO_ROW || !this.grows) return row;
    table.set(first, second, this.size);
    return this.grow(`${this.partNames[first] ?? ''}${between}${this.partNames[second] ?? ''}`);
  }

  private grow(name: string): number {
    this.names.push(name);
    this.size += 1;
    return this.size - 1;
  }

  /** What the table knows of a word, which keeps it. */
  word(word: Word): WordFeatures {
    const kept = word.features;
    if (kept?.table === this) return kept;
    const features = this.wordAnew(word.text);
    word.features = features;
    return features;
  }

  private wordAnew(word: string): WordFeatures {
    const stem = stemOf(word);
    return {
      table: this,
      row: this.row(stem),
      inReply: this.row(`>${stem}`),
      alone: this.row(`@^${word}`),
      stem: this.part(stem),
      itself: this.part(word),
      first: this.part(`@^${word}`),
      people: PEOPLE.get(word) ?? 0,
    };
  }
}

function stemOf(word: string): string {
  for (const ending of ENDINGS)
    if (word.length - ending.length >= 3 && word.endsWith(ending))
      return word.slice(0, -ending.length);
  return word;
}

const PART_BITS = 16;
/** Parts are numbered below this, so that the two of a pair fit into one integer. */
const MOST_PARTS = 1 << PART_BITS;

/**
 * Rows by two parts: an open hash table of a key and a row for each entry, as small as it can be,
 * because reading a text looks up hundreds of pairs all over it.
 */
class PairTable {
  private size = 0;
  private capacity = 1 << 10;
  /** Key and row of each entry; the key is 0 where there is none. */
  private entries = new Int32Array(this.capacity * 2);

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

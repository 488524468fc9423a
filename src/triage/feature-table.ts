import { MOST_PARTS, NO_ROW, PairTable } from './pair-table.js';
import type { Word, WordFeatures } from './word.js';

export { NO_ROW } from './pair-table.js';

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

/** The content of a table that does not grow. */
export interface PackedFeatures {
  readonly size: number;
  /** The features that are no pairs, and their rows. */
  readonly names: readonly string[];
  readonly rows: Int32Array;
  /** The parts of pairs, by number from 1. */
  readonly parts: readonly string[];
  /** Entries of the tables of pairs. */
  readonly pairs: Int32Array<ArrayBuffer>;
  readonly gaps: Int32Array<ArrayBuffer>;
}

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
  private readonly pairs: PairTable;
  private readonly gaps: PairTable;
  private grows = true;
  /** The parts for the start and the end of a sentence. */
  readonly sentenceStart: number;
  readonly sentenceEnd: number;

  /** @param packed what it contains; it grows if omitted */
  constructor(packed?: PackedFeatures) {
    this.pairs = packed === undefined ? new PairTable() : PairTable.of(packed.pairs);
    this.gaps = packed === undefined ? new PairTable() : PairTable.of(packed.gaps);
    if (packed !== undefined) {
      packed.names.forEach((name, at) => this.rows.set(name, packed.rows[at] ?? NO_ROW));
      packed.parts.forEach((name, at) => this.parts.set(name, at + 1));
      this.size = packed.size;
      this.grows = false;
    }
    this.sentenceStart = this.part('^');
    this.sentenceEnd = this.part('$');
  }

  /** A table of these features and no other, in this order. */
  static of(names: Iterable<string>): FeatureTable {
    const table = new FeatureTable();
    for (const name of names) table.add(name);
    table.grows = false;
    table.names.length = 0;
    table.partNames.length = 0;
    return table;
  }

  /** Its content; only of a table that does not grow. */
  packed(): PackedFeatures {
    return {
      size: this.size,
      names: [...this.rows.keys()],
      rows: Int32Array.from(this.rows.values()),
      parts: [...this.parts.keys()],
      pairs: this.pairs.packed(),
      gaps: this.gaps.packed(),
    };
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

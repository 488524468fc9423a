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
  /** The name of each row. */
  readonly names: string[] = [];
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
    this.rows.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  /** The number of a part; a part of no pair has none. */
  part(name: string): number {
    const part = this.parts.get(name);
    if (part !== undefined) return part;
    if (!this.grows) return NO_PART;
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
    table.set(first, second, this.names.length);
    const name = `${this.partNames[first] ?? ''}${between}${this.partNames[second] ?? ''}`;
    return this.names.push(name) - 1;
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

/** Rows by two numbers above 0: an open hash table without an object for each of 60,000 pairs. */
class PairTable {
  private size = 0;
  private capacity = 1 << 10;
  /** First, second and row of each entry; first is 0 where there is none. */
  private entries = new Int32Array(this.capacity * 3);

  get(first: number, second: number): number {
    const at = this.place(first, second);
    return this.entries[at] === 0 ? NO_ROW : (this.entries[at + 2] as number);
  }

  set(first: number, second: number, row: number): void {
    if (this.size * 2 >= this.capacity) this.grow();
    const at = this.place(first, second);
    if (this.entries[at] === 0) this.size += 1;
    this.entries.set([first, second, row], at);
  }

  /** Where the pair is, or else the free entry for it. */
  private place(first: number, second: number): number {
    const { entries, capacity } = this;
    const hash = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
    for (let slot = (hash ^ (hash >>> 15)) & (capacity - 1); ; slot = (slot + 1) & (capacity - 1)) {
      const at = slot * 3;
      if (entries[at] === 0 || (entries[at] === first && entries[at + 1] === second)) return at;
    }
  }

  private grow(): void {
    const old = this.entries;
    this.capacity *= 2;
    this.size = 0;
    this.entries = new Int32Array(this.capacity * 3);
    for (let at = 0; at < old.length; at += 3)
      if (old[at] !== 0) this.set(old[at] as number, old[at + 1] as number, old[at + 2] as number);
  }
}

/** A normalised word of a text and its position. */
export interface Placed {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

/** Apostrophes within a word are left out: "can't" is "cant", as many write it. */
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;
const APOSTROPHE = /['’]/gu;
const WORD_SIGN = /[\p{L}\p{N}]/u;
/** ASCII code points that occur in words. */
const ASCII = 128;
const IS_WORD = Uint8Array.from({ length: ASCII }, (_, code) =>
  Number(WORD_SIGN.test(String.fromCharCode(code))),
);
/** Words of this length or more share one bucket for each first letter. */
const LENGTHS = 32;
/** Represents every word that the text does not contain. Word numbers start at 1. */
const UNKNOWN = 0;
/**
 * Words are encoded as UTF-16 code units; a text of 100,000 characters has fewer words than that.
 */
const MOST_WORDS = 0xffff;
/**
 * Up to this many positions of the other texts, and as many comparisons for each sequence, a
 * sequence is searched in them; beyond, a set of all their sequences is built.
 */
const SEARCHED = 1_000_000;
/** Code units converted to a string at once. */
const CHUNK = 8_192;

const compared = (word: string): string =>
  word.toLowerCase().normalize('NFKC').replace(APOSTROPHE, '');

export function tokenizeWithOffsets(text: string): Placed[] {
  return [...text.matchAll(WORD)].map((found) => ({
    word: compared(found[0]),
    from: found.index,
    to: found.index + found[0].length,
  }));
}

/**
 * Finds word sequences that a text may have copied from others. Each word of the text is encoded as
 * one code unit, and each text as a string of them. The others, which are many and long, are read
 * in a single pass that stores nothing for words the text does not contain.
 */
export class CopiedRows {
  private readonly others: readonly string[];
  private readonly numbers = new Map<string, number>();
  /**
   * Prefilter: the first letters and lengths of the text's ASCII words. Most other words match none
   * of them.
   */
  private readonly shapes = new Uint8Array(ASCII * LENGTHS);
  private readonly sets = new Map<number, ReadonlySet<string>>();
  /** The encoded words of the other texts; a run of unknown words is one `UNKNOWN`. */
  private read: string | null = null;

  /**
   * @param text in which to find copies; `taken` is called for parts of it
   * @param others texts that it may be copied from
   */
  constructor(text: string, others: readonly string[]) {
    this.others = others;
    for (const { word } of tokenizeWithOffsets(text)) {
      if (this.numbers.has(word) || this.numbers.size >= MOST_WORDS) continue;
      this.numbers.set(word, this.numbers.size + 1);
      const first = word.charCodeAt(0);
      if (first < ASCII) this.shapes[shapeOf(first, word.length)] = 1;
    }
  }

  /** Whether the other texts contain no words. */
  get empty(): boolean {
    return !this.others.some((other) => WORD_SIGN.test(other));
  }

  /** Marks the words that belong to a copied sequence of `least` or more. */
  taken(words: readonly Placed[], least: number): boolean[] {
    const size = Math.min(least, words.length);
    const taken = new Array<boolean>(words.length).fill(false);
    if (size === 0) return taken;
    const isCopied = this.searchFor(size, words.length);
    const own = words.map(({ word }) => signOf(this.numbers.get(word) ?? UNKNOWN)).join('');
    for (let at = 0; at + size <= words.length; at += 1)
      if (isCopied(own.slice(at, at + size))) taken.fill(true, at, at + size);
    return taken;
  }

  /**
   * How to find sequences of a size in the other texts.
   * @param count number of sequences to find
   */
  private searchFor(size: number, count: number): (row: string) => boolean {
    const read = (this.read ??= this.readOthers());
    if (read.length * count <= SEARCHED)
      return (row) => !row.includes(UNKNOWN_SIGN) && read.includes(row);
    const rows = this.rowsOf(read, size);
    return (row) => rows.has(row);
  }

  private rowsOf(read: string, size: number): ReadonlySet<string> {
    let rows = this.sets.get(size);
    if (rows === undefined) {
      const found = new Set<string>();
      for (let at = 0, from = 0; at < read.length; at += 1)
        if (read.charCodeAt(at) === UNKNOWN) from = at + 1;
        else if (at + 1 - from >= size) found.add(read.slice(at + 1 - size, at + 1));
      this.sets.set(size, (rows = found));
    }
    return rows;
  }

  private readOthers(): string {
    // Upper bound: a word takes at least two characters with its separator.
    const most = this.others.reduce((sum, { length }) => sum + (length >> 1) + 2, 0);
    const signs = new Uint16Array(most);
    let count = 0;
    for (const other of this.others) {
      count = this.readInto(signs, count, other);
      if (count > 0 && signs[count - 1] !== UNKNOWN) signs[count++] = UNKNOWN;
    }
    let read = '';
    for (let at = 0; at < count; at += CHUNK)
      read += String.fromCharCode.apply(
        null,
        signs.subarray(at, Math.min(at + CHUNK, count)) as unknown as number[],
      );
    return read;
  }

  /** Appends the encoded words of a text. @returns the new length of `signs` */
  private readInto(signs: Uint16Array, start: number, other: string): number {
    let count = start;
    for (let at = 0; at < other.length;) {
      let isPlain = true;
      const from = at;
      for (let length = 1; length > 0; at += length) {
        const code = other.charCodeAt(at);
        if (code < ASCII) length = IS_WORD[code] ?? 0;
        else {
          length = at < other.length ? wordSignAt(other, at) : 0;
          isPlain &&= length === 0;
        }
        if (length === 0 && at > from && isApostrophe(code) && wordSignAt(other, at + 1) > 0) {
          length = 1;
          isPlain = false;
        }
      }
      if (at === from) at += 1;
      else {
        const number = this.numberOf(other, from, at, isPlain);
        if (number !== UNKNOWN || (count > 0 && signs[count - 1] !== UNKNOWN))
          signs[count++] = number;
      }
    }
    return count;
  }

  private numberOf(text: string, from: number, to: number, isPlain: boolean): number {
    // Lower-cases an ASCII letter; digits already have the bit set.
    if (isPlain && this.shapes[shapeOf(text.charCodeAt(from) | 0x20, to - from)] === 0)
      return UNKNOWN;
    const word = text.slice(from, to);
    return this.numbers.get(isPlain ? word.toLowerCase() : compared(word)) ?? UNKNOWN;
  }
}

const signOf = (number: number): string => String.fromCharCode(number);
const UNKNOWN_SIGN = signOf(UNKNOWN);

function shapeOf(first: number, length: number): number {
  return first * LENGTHS + Math.min(length, LENGTHS - 1);
}

const isApostrophe = (code: number): boolean => code === 0x27 || code === 0x2019;

/** The length of the word character at an index; 0 if it is not one. */
function wordSignAt(text: string, at: number): number {
  const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return WORD_SIGN.test(sign) ? sign.length : 0;
}

/** A word of a text, as it is compared, and where it stands. */
export interface Placed {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

const WORD = /[\p{L}\p{N}]+/gu;
const WORD_SIGN = /[\p{L}\p{N}]/u;
/** Signs of ASCII that words are made of. */
const ASCII = 128;
const IS_WORD = Uint8Array.from({ length: ASCII }, (_, code) =>
  Number(WORD_SIGN.test(String.fromCharCode(code))),
);
/** A word as long or longer is looked up by its first letter alone. */
const LENGTHS = 32;
/** Stands for every word that the text does not have. Words are counted from 1. */
const UNKNOWN = 0;
/** Code units of a string; a text of 100,000 characters has fewer words. */
const MOST_WORDS = 0xffff;

const compared = (word: string): string => word.toLowerCase().normalize('NFKC');

export function placed(text: string): Placed[] {
  return [...text.matchAll(WORD)].map((found) => ({
    word: compared(found[0]),
    from: found.index,
    to: found.index + found[0].length,
  }));
}

/**
 * The rows of words that stand in other texts, as far as one text may have copied them. Each word
 * of that text is a number, and each text a string of such numbers: the others, which are many and
 * long, are read in one pass that keeps nothing of words the text does not have.
 */
export class CopiedRows {
  private readonly others: readonly string[];
  private readonly numbers = new Map<string, number>();
  /** Which first letters and lengths the text's words of ASCII have: most other words have none. */
  private readonly shapes = new Uint8Array(ASCII * LENGTHS);
  private readonly sets = new Map<number, ReadonlySet<string>>();
  private stretches: readonly string[] | null = null;

  /**
   * @param text whose words may be copied: `taken` is asked about parts of it
   * @param others the texts that it may be copied from
   */
  constructor(text: string, others: readonly string[]) {
    this.others = others;
    for (const { word } of placed(text)) {
      if (this.numbers.has(word) || this.numbers.size >= MOST_WORDS) continue;
      this.numbers.set(word, this.numbers.size + 1);
      const first = word.charCodeAt(0);
      if (first < ASCII) this.shapes[shapeOf(first, word.length)] = 1;
    }
  }

  /** Whether the others have no word at all. */
  get empty(): boolean {
    return !this.others.some((other) => WORD_SIGN.test(other));
  }

  /** Which words stand in a row of `least` or more that was copied. */
  taken(words: readonly Placed[], least: number): boolean[] {
    const size = Math.min(least, words.length);
    const taken = new Array<boolean>(words.length).fill(false);
    if (size === 0) return taken;
    const rows = this.rowsOf(size);
    if (rows.size === 0) return taken;
    const own = words.map(({ word }) => signOf(this.numbers.get(word) ?? UNKNOWN)).join('');
    for (let at = 0; at + size <= words.length; at += 1)
      if (rows.has(own.slice(at, at + size))) taken.fill(true, at, at + size);
    return taken;
  }

  private rowsOf(size: number): ReadonlySet<string> {
    let rows = this.sets.get(size);
    if (rows === undefined) {
      const found = new Set<string>();
      this.stretches ??= this.others.flatMap((other) => this.stretchesIn(other));
      for (const stretch of this.stretches)
        for (let at = 0; at + size <= stretch.length; at += 1)
          found.add(stretch.slice(at, at + size));
      this.sets.set(size, (rows = found));
    }
    return rows;
  }

  /** The stretches of a text whose words the text that is asked about has all. */
  private stretchesIn(other: string): string[] {
    let found = '';
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
      }
      if (at === from) at += 1;
      else found += signOf(this.numberOf(other, from, at, isPlain));
    }
    return found.split(signOf(UNKNOWN)).filter((stretch) => stretch !== '');
  }

  private numberOf(text: string, from: number, to: number, isPlain: boolean): number {
    // A letter of ASCII in lower case; a digit has the bit already.
    if (isPlain && this.shapes[shapeOf(text.charCodeAt(from) | 0x20, to - from)] === 0)
      return UNKNOWN;
    const word = text.slice(from, to);
    return this.numbers.get(isPlain ? word.toLowerCase() : compared(word)) ?? UNKNOWN;
  }
}

const signOf = (number: number): string => String.fromCharCode(number);

function shapeOf(first: number, length: number): number {
  return first * LENGTHS + Math.min(length, LENGTHS - 1);
}

/** The length of the sign of a word at a place; 0 where another sign stands there. */
function wordSignAt(text: string, at: number): number {
  const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return WORD_SIGN.test(sign) ? sign.length : 0;
}

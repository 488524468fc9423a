import { normalizeWord } from './normalize.js';
import { WordCache } from './word-cache.js';
import { Word } from './word.js';

/** The content of `rules/spelling.json`. */
export interface SpellingData {
  /** Spelling variants: "2nite" is "tonight". */
  readonly variants: Readonly<Record<string, string>>;
  /** Words that people disguise to evade filters: with asterisks, digits, spaces or typos. */
  readonly hidden: readonly string[];
}

const ENDINGS: readonly (readonly [string, string])[] = [
  ["n't", 'not'],
  ["'s", 'is'],
  ["'m", 'am'],
  ["'re", 'are'],
  ["'ve", 'have'],
  ["'ll", 'will'],
  ["'d", 'would'],
];
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
  '€': 'e',
  '+': 't',
  ø: 'o',
};

/** Longest word that is recognised from spaced letters. */
const LONGEST_JOINED = 12;
/** "shouldn't've" has 12 characters; repeated letters may make it longer. */
const LONGEST_CONTRACTION = 60;

/** A written word, normalised. */
export interface SpeltWord {
  /** Before correction; empty if it consists of signs only. */
  readonly text: string;
  /** The words of the rules that it stands for. */
  readonly words: readonly Word[];
  /** The number of letters, and of those outside the Latin alphabet. */
  readonly letters: number;
  readonly foreign: number;
}

/** Maps written words to the words of the rules. */
export class Spelling {
  private readonly spelt = new WordCache((written) => this.speltAnew(written));
  private readonly words: WordCache<Word>;
  private readonly variants = new Map<string, readonly string[]>();
  private readonly hidden: ReadonlySet<string>;
  private readonly slips = new Map<string, string>();
  private readonly starred = new Map<string, string>();
  /** Hidden words in two pieces: the first piece, then the second. */
  private readonly split = new Map<string, Map<string, string>>();
  private readonly longest: number;
  private readonly known: ReadonlySet<string>;
  /** The first three letters of every word with at least three. */
  private readonly beginnings: ReadonlySet<string>;

  /** @param numberOf the number of a word in the rules */
  constructor(data: SpellingData, known: ReadonlySet<string>, numberOf: (word: string) => number) {
    this.known = known;
    this.words = new WordCache((word) => new Word(word, numberOf(word)));
    for (const [written, meant] of Object.entries(data.variants))
      this.variants.set(written, meant.split(' '));
    this.hidden = new Set(data.hidden);
    this.longest = Math.max(...data.hidden.map((word) => word.length));
    const words = [...known, ...data.hidden, ...this.variants.keys()];
    this.beginnings = new Set(
      words.filter(({ length }) => length >= 3).map((word) => word.slice(0, 3)),
    );
    for (const word of data.hidden) {
      // With asterisks: the first letter and the length match, at most three letters are hidden.
      for (const shape of shapes(word)) if (!this.starred.has(shape)) this.starred.set(shape, word);
      if (word.length < 6) continue;
      for (let at = 1; at < word.length; at += 1) {
        this.addSplit(word.slice(0, at), word.slice(at), word);
        this.addTypo(word.slice(0, at) + word.slice(at + 1), word);
        this.addTypo(
          word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
          word,
        );
        this.addTypo(word.slice(0, at) + (word[at] ?? '') + word.slice(at), word);
      }
    }
  }

  private addSplit(first: string, second: string, word: string): void {
    const seconds = this.split.get(first);
    if (seconds === undefined) this.split.set(first, new Map([[second, word]]));
    else seconds.set(second, word);
  }

  private addTypo(written: string, word: string): void {
    if (!this.known.has(written) && !this.hidden.has(written) && !this.variants.has(written))
      this.slips.set(written, word);
  }

  has(word: string): boolean {
    return this.known.has(word) || this.hidden.has(word) || this.variants.has(word);
  }

  /** Normalises and corrects a word as it stands in a text. */
  spell(written: string): SpeltWord {
    return this.spelt.get(written);
  }

  private speltAnew(written: string): SpeltWord {
    const word = normalizeWord(written);
    return { ...word, words: this.wordsOf(word.text) };
  }

  /** The word of a spelling that is not to be corrected. */
  word(text: string): Word {
    return this.words.get(text);
  }

  /** Maps one written word, in lower case, to one or more words. */
  wordsOf(written: string): Word[] {
    return this.read(written).map((word) => this.word(word));
  }

  private read(written: string): readonly string[] {
    const variant = this.variants.get(written);
    if (variant !== undefined) return variant;
    if (this.known.has(written)) return [written];
    if (written.includes("'")) return this.contraction(written);
    if (/[^a-z]/.test(written)) return this.uncovered(written);
    const short = /(.)\1\1/.test(written) ? this.unstretched(written) : null;
    if (short !== null) return short;
    const slip = this.slips.get(written);
    return [slip ?? written];
  }

  private contraction(written: string): readonly string[] {
    // Each ending is removed recursively, so a chain of thousands would exhaust the stack.
    if (written.length > LONGEST_CONTRACTION) return [written.replaceAll("'", '')];
    for (const [ending, word] of ENDINGS) {
      if (!written.endsWith(ending)) continue;
      const stem = written.slice(0, -ending.length);
      if (stem === '') break;
      if (ending === "n't")
        return [{ ca: 'can', wo: 'will', sha: 'shall', ai: 'is' }[stem] ?? stem, word];
      return [...this.read(stem), word];
    }
    const bare = written.replaceAll("'", '');
    return bare === '' ? [] : (this.variants.get(bare) ?? [bare]);
  }

  private unstretched(written: string): readonly string[] | null {
    for (const keep of ['$1$1', '$1']) {
      const short = written.replace(/(.)\1\1+/g, keep);
      if (this.has(short)) return this.variants.get(short) ?? [short];
    }
    const single = written.replace(/(.)\1+/g, '$1');
    return this.has(single)
      ? (this.variants.get(single) ?? [single])
      : [written.replace(/(.)\1\1+/g, '$1')];
  }

  /** The word disguised by digits and signs; the word itself if it is not recognised. */
  private uncovered(written: string): readonly string[] {
    if (!/[a-z]/.test(written)) return [written];
    const letters = Array.from(written, (char) => LEET[char] ?? char).join('');
    for (const guess of [letters, letters.replaceAll('i', 'l'), written.replace(/[^a-z]/g, '')]) {
      if (/^[a-z]+$/.test(guess) && this.has(guess)) return this.variants.get(guess) ?? [guess];
    }
    if (written.length > this.longest + 3) return [written];
    const stars = letters.replace(/[^a-z]/g, '*');
    const behind = this.starred.get(stars);
    return behind === undefined ? [written] : [behind];
  }

  /** The words spelt by spaced letters: "k m s", "w a n t t o d i e"; null if they spell none. */
  joined(letters: string): readonly { word: string; at: number; length: number }[] | null {
    // The caller retries from each letter of a run; this skips the work if no longer word begins
    // here.
    let begins = false;
    for (let at = 0; at + 3 <= letters.length && !begins; at += 1) {
      begins = this.beginnings.has(letters.slice(at, at + 3));
    }
    if (!begins) return null;
    const best: (number | null)[] = [0];
    let reached = 0;
    for (let end = 1; end <= letters.length; end += 1) {
      if (end - reached > LONGEST_JOINED) return null;
      best[end] = null;
      for (let length = Math.min(LONGEST_JOINED, end); length >= 1; length -= 1) {
        if (best[end - length] === null || best[end - length] === undefined) continue;
        const piece = letters.slice(end - length, end);
        if (length === 1 ? piece === 'i' || piece === 'a' : this.has(piece)) {
          best[end] = length;
          reached = end;
          break;
        }
      }
    }
    const words: { word: string; at: number; length: number }[] = [];
    for (let end = letters.length; end > 0;) {
      const length = best[end];
      if (length === null || length === undefined) return null;
      words.unshift({ word: letters.slice(end - length, end), at: end - length, length });
      end -= length;
    }
    return words.some(({ length }) => length > 2) ? words : null;
  }

  /** Joins two pieces that form one hidden word: "sui cide", "over-dose". */
  pieces(first: string, second: string): string | null {
    return this.split.get(first)?.get(second) ?? null;
  }
}

function shapes(word: string): string[] {
  if (word.length < 3) return [];
  const words: string[] = [];
  const places = Array.from(word, (_, at) => at).filter((at) => at > 0);
  for (const a of places) {
    for (const b of places.filter((at) => at >= a)) {
      for (const c of places.filter((at) => at >= b)) {
        if (new Set([a, b, c]).size > word.length - 1 || (word.length < 5 && c > a)) continue;
        words.push(
          Array.from(word, (char, at) => (at === a || at === b || at === c ? '*' : char)).join(''),
        );
      }
    }
  }
  return words;
}

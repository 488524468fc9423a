import { normalizeCharacter } from './normalize.js';
import { plainLatin, type Written } from './written-words.js';

/**
 * A language in `rules/languages.json`: its most frequent words, and phrases that name a danger.
 */
export interface LanguageData {
  readonly key: string;
  /** The English name, shown to moderators. */
  readonly name: string;
  readonly words: string;
  readonly not: string;
  readonly now: readonly string[];
  /** Ambiguous phrases that may be a cry for help; as a whole sentence they are `unknown`. */
  readonly unsure: readonly string[];
  readonly urgent: readonly string[];
  readonly crisis: readonly string[];
}

const ENDINGS = [
  "n't",
  "'s",
  "'m",
  "'re",
  "'ve",
  "'ll",
  "'d",
  "in'",
  'ness',
  'ings',
  'ing',
  'less',
  'ful',
  'ers',
  'est',
  'ies',
  'ed',
  'er',
  'es',
  'ly',
  'y',
  's',
  'd',
];
/** In shorter words a typo cannot be distinguished from another word. */
const LEAST_SLIP = 4;
/** No real word is longer. */
const LONGEST_SLIP = 24;

/** Normalises a word for comparison: lower case, without accents. */
export function plain(word: string): string {
  return plainLatin(
    Array.from(
      word.toLowerCase().replaceAll('’', "'"),
      (char) => normalizeCharacter(char.codePointAt(0) ?? 32).latin,
    ).join(''),
  );
}

/** English words, and the most frequent words of other languages. */
export class Vocabulary {
  private readonly english: ReadonlySet<string>;
  private readonly others = new Map<string, string[]>();
  /** English words with one letter removed, for typo detection. */
  private readonly shortened = new Set<string>();
  private readonly unsure: ReadonlySet<string>;
  private readonly loans: readonly (readonly string[])[];

  constructor(
    english: Iterable<string>,
    languages: readonly LanguageData[],
    loans: readonly string[],
  ) {
    this.english = new Set(english);
    for (const { key, words, urgent, crisis } of languages) {
      for (const word of new Set(
        [words, ...urgent, ...crisis].flatMap((each) => plain(each).split(' ')),
      ))
        this.others.set(word, [...(this.others.get(word) ?? []), key]);
    }
    for (const word of this.english)
      if (word.length >= LEAST_SLIP)
        for (const short of deletionsOf(word)) this.shortened.add(short);
    this.unsure = new Set(languages.flatMap(({ unsure }) => unsure.map(plain)));
    this.loans = loans.map((loan) => plain(loan).split(' '));
  }

  isEnglish(word: string): boolean {
    if (this.english.has(word)) return true;
    const single = word.replace(/(.)\1+/gu, '$1');
    if (
      /(.)\1\1/u.test(word) &&
      (this.english.has(single) || this.english.has(word.replace(/(.)\1\1+/gu, '$1$1')))
    )
      return true;
    return ENDINGS.some((ending) => {
      if (!word.endsWith(ending) || word.length - ending.length < (ending.includes("'") ? 1 : 3))
        return false;
      const stem = word.slice(0, -ending.length);
      return (
        this.english.has(stem) ||
        this.english.has(`${stem}e`) ||
        this.english.has(`${stem}y`) ||
        (stem.at(-1) === stem.at(-2) && this.english.has(stem.slice(0, -1)))
      );
    });
  }

  /** Languages other than English that contain the word. */
  languages(word: string): readonly string[] {
    return (
      this.others.get(word) ??
      (word.includes("'") ? (this.others.get(word.slice(word.indexOf("'") + 1)) ?? []) : [])
    );
  }

  /** Whether a lower-case word belongs to a language and to no other known one. */
  isOnlyOf(word: string, language: string): boolean {
    if (language === 'en') return this.english.has(word) && !this.others.has(word);
    const others = this.others.get(plain(word));
    return others?.length === 1 && others[0] === language && !this.english.has(word);
  }

  /**
   * Whether a sentence consists only of a phrase that may be a cry for help in another language.
   */
  isUnsure(words: readonly Written[]): boolean {
    return this.unsure.has(words.map(({ word }) => word).join(' '));
  }

  /** Whether a word is one letter off an English word, or has two letters transposed. */
  isSlip(word: string): boolean {
    if (word.length < LEAST_SLIP || word.length > LONGEST_SLIP) return false;
    if (this.shortened.has(word)) return true;
    return deletionsOf(word).some((short) => this.english.has(short) || this.shortened.has(short));
  }

  /** Drops loan phrases of English: "déjà vu". */
  withoutLoans(words: readonly Written[]): readonly Written[] {
    const taken = new Set<number>();
    words.forEach(({ word }, at) => {
      for (const loan of this.loans)
        if (loan[0] === word && loan.every((each, n) => words[at + n]?.word === each))
          loan.forEach((_, n) => taken.add(at + n));
    });
    return taken.size === 0 ? words : words.filter((_, at) => !taken.has(at));
  }
}

function deletionsOf(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

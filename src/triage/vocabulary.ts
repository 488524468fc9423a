import { Deletions } from './deletions.js';
import { foldWord } from './normalize.js';
import { WordCache } from './word-cache.js';

/**
 * A language in `rules/languages.json`: its most frequent words, and phrases that name a danger.
 */
export interface LanguageData {
  readonly key: string;
  readonly words: string;
  readonly not: string;
  readonly now: readonly string[];
  /** Ambiguous phrases that may be a cry for help; as a whole sentence they are `unknown`. */
  readonly unsure: readonly string[];
  readonly urgent: readonly string[];
  readonly crisis: readonly string[];
  /** Urgent unless something follows that they are about: "can't any more" with this rain. */
  readonly alone: readonly string[];
  /** Words that say no such thing: "and". */
  readonly then: string;
  /** Urgent unless the sentence is about a film or a book. */
  readonly told: readonly string[];
  readonly fiction: readonly string[];
  /** A goodbye to all: a crisis, unless its sentence says until when (`later`: "until tomorrow"). */
  readonly farewell: readonly string[];
  readonly later: readonly string[];
  /** Everyday phrases; a danger that overlaps one is ignored: "die laughing", "cut my hair". */
  readonly ordinary: readonly string[];
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

const NO_LOANS: readonly (readonly string[])[] = [];

/** Normalises a word for comparison: lower case, without accents. */
export function plain(word: string): string {
  return foldWord(word.toLowerCase().replaceAll('’', "'"));
}

/**
 * What a word says about the language of its text. `shared` words are English and of another
 * language, a `slip` is a misspelt English word, and nothing is known of an `unknown` one.
 */
export type Evidence = 'english' | 'shared' | 'other' | 'slip' | 'unknown';

/** What a word says wherever it stands. */
export interface WordForm {
  /** In lower case, without accents and without apostrophes at its end. */
  readonly word: string;
  /** Its length in the text, without those apostrophes. */
  readonly length: number;
  /** Contains an accent or a letter that English lacks. */
  readonly marked: boolean;
  /** Begins with a capital letter. */
  readonly capital: boolean;
  readonly evidence: Evidence;
  /** Languages other than English that contain it. */
  readonly languages: readonly string[];
  /** Loan phrases of English that it begins, word by word. */
  readonly loans: readonly (readonly string[])[];
}

/** A word of a text by its form. */
interface Formed {
  readonly form: WordForm;
}

/** English words, and the most frequent words of other languages. */
export class Vocabulary {
  private readonly forms = new WordCache((written) => this.formAnew(written));
  private readonly english: ReadonlySet<string>;
  private readonly others = new Map<string, string[]>();
  /** English words with one letter removed, for typo detection. */
  private readonly shortened: Deletions;
  /** By their first word, as the others are. */
  private readonly unsure: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly loans: ReadonlyMap<string, readonly (readonly string[])[]>;

  constructor(
    english: Iterable<string>,
    languages: readonly LanguageData[],
    loans: readonly string[],
  ) {
    this.english = new Set(english);
    for (const { key, words, urgent, crisis, alone, told, farewell } of languages) {
      for (const word of new Set(
        [words, ...urgent, ...crisis, ...alone, ...told, ...farewell].flatMap((each) =>
          plain(each).split(/[ |]/),
        ),
      ))
        this.others.set(word, [...(this.others.get(word) ?? []), key]);
    }
    this.shortened = new Deletions(this.english, LEAST_SLIP);
    const unsure = byFirstWord(languages.flatMap((each) => each.unsure));
    this.unsure = new Map(
      [...unsure].map(([first, list]) => [first, new Set(list.map((words) => words.join(' ')))]),
    );
    this.loans = byFirstWord(loans);
  }

  /** @param written a word with its apostrophes */
  formOf(written: string): WordForm {
    return this.forms.get(written);
  }

  private formAnew(found: string): WordForm {
    const written = found.replaceAll('’', "'").replace(/(?<!')'+$/u, '');
    const marked = /[^\0-\x7f]/u.test(written);
    const word = marked ? foldWord(written) : written.toLowerCase();
    return {
      word,
      length: written.length,
      marked,
      capital: /^\p{Lu}/u.test(written),
      evidence: this.evidenceOf(word),
      languages: this.languages(word),
      loans: this.loans.get(word) ?? NO_LOANS,
    };
  }

  private evidenceOf(word: string): Evidence {
    const foreign = this.languages(word).length > 0;
    if (this.isEnglish(word)) return foreign ? 'shared' : 'english';
    if (foreign) return 'other';
    return this.isSlip(word) ? 'slip' : 'unknown';
  }

  private isEnglish(word: string): boolean {
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

  private languages(word: string): readonly string[] {
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
  isUnsure(words: readonly Formed[]): boolean {
    const phrases = this.unsure.get(words[0]?.form.word ?? '');
    return phrases?.has(words.map(({ form }) => form.word).join(' ')) === true;
  }

  /** Whether a word is one letter off an English word, or has two letters transposed. */
  private isSlip(word: string): boolean {
    if (word.length < LEAST_SLIP || word.length > LONGEST_SLIP) return false;
    if (this.shortened.has(word)) return true;
    return deletionsOf(word).some((short) => this.english.has(short) || this.shortened.has(short));
  }

  /** Drops loan phrases of English: "déjà vu". */
  withoutLoans<Word extends Formed>(words: readonly Word[]): readonly Word[] {
    const taken = new Set<number>();
    for (let at = 0; at < words.length; at += 1)
      for (const loan of words[at]?.form.loans ?? NO_LOANS)
        if (loan.every((each, n) => words[at + n]?.form.word === each))
          loan.forEach((_, n) => taken.add(at + n));
    return taken.size === 0 ? words : words.filter((_, at) => !taken.has(at));
  }
}

function byFirstWord(phrases: readonly string[]): Map<string, string[][]> {
  const found = new Map<string, string[][]>();
  for (const words of phrases.map((phrase) => plain(phrase).split(' '))) {
    const [first = ''] = words;
    found.set(first, [...(found.get(first) ?? []), words]);
  }
  return found;
}

function deletionsOf(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

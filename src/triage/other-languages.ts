import {
  compilePhrase,
  placesOf,
  splitWords,
  type ForeignPhrase,
  type Place,
} from './foreign-phrase.js';
import { holdsOther } from './language.js';
import { plain, type LanguageData } from './vocabulary.js';
import type { Tier } from './risk.js';
import type { Written, WrittenSentence } from './written-words.js';

/** A danger named in another language. */
export interface OtherLanguageMatch {
  readonly tier: Tier;
  readonly rule: string;
  /** Start and end in the original text. */
  readonly span: readonly [number, number];
}

/** The lists of phrases of a language: dangers, and what makes them more or less so. */
const ROLES = [
  'urgent',
  'crisis',
  'alone',
  'told',
  'now',
  'farewell',
  'later',
  'fiction',
  'ordinary',
] as const;
type Role = (typeof ROLES)[number];
/** These name no danger themselves, and no negation before them matters. */
const NO_DANGER: ReadonlySet<Role> = new Set(['now', 'later', 'fiction', 'ordinary']);
/** A crisis as it stands. The others are one if the sentence says that it is now. */
const CRISIS: ReadonlySet<Role> = new Set(['crisis', 'farewell']);

interface Phrase extends ForeignPhrase {
  readonly language: string;
  readonly role: Role;
}

interface PhraseMatch {
  readonly phrase: Phrase;
  readonly places: readonly Place[];
}

/** A word of a sentence, and the number of its part between commas. */
interface Placed {
  readonly word: string;
  readonly part: number;
  readonly from: number;
  readonly to: number;
}

/** Follows "I can't any more" where something is funny. */
const LAUGHTER = /^[\s.,!…]*[😂🤣😹😆]/u;

/** A negation within this many words before a phrase negates it. */
const REACH = 2;

/**
 * Matches phrases that name a danger in languages without full rules. Every match counts as named;
 * the absence of a match proves nothing.
 */
export class OtherLanguages {
  private readonly phrases = new Map<string, Phrase[]>();
  private readonly negators = new Map<string, ReadonlySet<string>>();
  /** Words that may follow a phrase that otherwise only counts alone. */
  private readonly followers = new Map<string, ReadonlySet<string>>();

  constructor(languages: readonly LanguageData[]) {
    for (const language of languages) {
      this.negators.set(language.key, new Set(plain(language.not).split(' ')));
      this.followers.set(language.key, new Set(plain(language.then).split(' ')));
      for (const role of ROLES)
        for (const phrase of language[role])
          this.add({ ...compilePhrase(phrase), language: language.key, role });
    }
  }

  private add(phrase: Phrase): void {
    for (const first of phrase.parts[0]?.[0] ?? [])
      this.phrases.set(first, [...(this.phrases.get(first) ?? []), phrase]);
  }

  /** @param text that the sentences are of */
  match(sentences: readonly WrittenSentence[], text: string): OtherLanguageMatch[] {
    return sentences.flatMap((sentence) =>
      holdsOther(sentence.words) ? this.sentence(placedWords(sentence), text) : [],
    );
  }

  /**
   * Blanks everyday phrases that resemble a danger, and what is told of a film or a book.
   * @param text that the sentences are of
   * @returns the text, as long as before
   */
  withoutOrdinary(sentences: readonly WrittenSentence[], text: string): string {
    let rest = text;
    for (const sentence of sentences) {
      if (!holdsOther(sentence.words)) continue;
      const words = placedWords(sentence);
      const matches = this.matches(words);
      for (const { phrase, places } of matches)
        if (phrase.role === 'ordinary' || isOfFiction(phrase, matches))
          for (const [first, last] of places) {
            const [from, to] = [words[first]?.from ?? 0, words[last]?.to ?? 0];
            rest = rest.slice(0, from) + ' '.repeat(to - from) + rest.slice(to);
          }
    }
    return rest;
  }

  private matches(words: readonly Placed[]): PhraseMatch[] {
    return words.flatMap(({ word }, at) =>
      (this.phrases.get(word) ?? []).flatMap((phrase): PhraseMatch[] => {
        const places = this.places(words, at, phrase);
        return places === null ? [] : [{ phrase, places }];
      }),
    );
  }

  private sentence(words: readonly Placed[], text: string): OtherLanguageMatch[] {
    const matches = this.matches(words);
    const ordinary = matches.flatMap(({ phrase, places }) =>
      phrase.role === 'ordinary' ? places : [],
    );
    return matches.flatMap(({ phrase, places }): OtherLanguageMatch[] => {
      const { role, language } = phrase;
      const [first, last] = [places[0]?.[0] ?? 0, places.at(-1)?.[1] ?? 0];
      if (NO_DANGER.has(role)) return [];
      if (role === 'farewell' && isSaid('later', language, matches)) return [];
      if (isOfFiction(phrase, matches)) return [];
      if (role === 'alone' && !this.isAlone(words, last, language)) return [];
      if (role === 'alone' && LAUGHTER.test(text.slice(words[last]?.to ?? 0))) return [];
      if (ordinary.some((other) => other[0] <= last && first <= other[1])) return [];
      return [
        {
          tier: CRISIS.has(role) || isSaid('now', language, matches) ? 'crisis' : 'urgent',
          rule: `language.${language}.${CRISIS.has(role) ? role : 'urgent'}`,
          span: [words[first]?.from ?? 0, words[last]?.to ?? 0],
        },
      ];
    });
  }

  /** Whether nothing after a phrase says what it is about: "can't any more" and "with this rain". */
  private isAlone(words: readonly Placed[], last: number, language: string): boolean {
    const next = words[last + 1];
    return (
      next === undefined ||
      next.part !== words[last]?.part ||
      this.followers.get(language)?.has(next.word) === true
    );
  }

  /** Where a phrase occurs; null if it does not occur here, or is negated. */
  private places(words: readonly Placed[], start: number, phrase: Phrase): Place[] | null {
    const denies = (at: number): boolean =>
      this.negators.get(phrase.language)?.has(words[at]?.word ?? '') === true;
    for (let before = Math.max(0, start - REACH); before < start; before += 1)
      if (!NO_DANGER.has(phrase.role) && denies(before)) return null;
    const isBreak = (at: number): boolean =>
      denies(at) || (phrase.role === 'ordinary' && words[at]?.part !== words[at - 1]?.part);
    return placesOf(phrase, words, start, isBreak);
  }
}

function isSaid(role: Role, language: string, matches: readonly PhraseMatch[]): boolean {
  return matches.some(({ phrase }) => phrase.role === role && phrase.language === language);
}

function isOfFiction({ role, language }: Phrase, matches: readonly PhraseMatch[]): boolean {
  return role === 'told' && isSaid('fiction', language, matches);
}

function placedWords({ words, starts }: WrittenSentence): Placed[] {
  let part = 0;
  return words.flatMap(({ form, from, to }: Written, at) => {
    while ((starts[part + 1] ?? Infinity) <= at) part += 1;
    return splitWords(form.word).map((word) => ({ word, part, from, to }));
  });
}

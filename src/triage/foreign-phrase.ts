import { plain } from './vocabulary.js';

/** Any number of words may occur here. */
const ANY = '...';
/** Up to this many words may occur between two words of a phrase, but never a negation. */
const GAP = 2;

/** Adjacent words, each one of a set. */
export type Words = readonly ReadonlySet<string>[];

/** A compiled phrase of `rules/languages.json`. */
export interface ForeignPhrase {
  /** Parts in the order of the sentence; any number of words may stand between two parts. */
  readonly parts: readonly Words[];
  /** The phrase does not match if one of these words follows its first part. */
  readonly without: ReadonlySet<string>;
}

/** A word of a sentence in lower case, without accents. */
interface SentenceWord {
  readonly word: string;
}

/** First and last word of a part of a phrase. */
export type Place = readonly [first: number, last: number];

/**
 * Compiles a phrase.
 * @param phrase words; `a|b` is one of two, `...` any number of words, `-a|b` at its end neither of
 *   these two
 */
export function compilePhrase(phrase: string): ForeignPhrase {
  const parts: ReadonlySet<string>[][] = [[]];
  const without = new Set<string>();
  for (const each of phrase.split(' ')) {
    if (each === ANY) parts.push([]);
    else if (each.startsWith('-'))
      for (const word of wordsOf(each.slice(1))) for (const one of word) without.add(one);
    else parts.at(-1)?.push(...wordsOf(each));
  }
  return { parts, without };
}

/** A word with an apostrophe is two: "m'ôter". */
function wordsOf(alternatives: string): ReadonlySet<string>[] {
  const words = alternatives.split('|').map((word) => splitWords(plain(word)));
  if (words.length > 1 && words.some(({ length }) => length !== 1))
    throw new Error(`alternatives are single words: ${alternatives}`);
  return words.length > 1
    ? [new Set(words.flat())]
    : (words[0] ?? []).map((word) => new Set([word]));
}

/** Splits at apostrophes, as the tokeniser does. */
export function splitWords(phrase: string): string[] {
  return phrase.split(/[^a-z]+/u).filter((word) => word !== '');
}

/**
 * Where a phrase occurs.
 * @param words of the sentence
 * @param start index of a word that begins the phrase
 * @param isBreak whether the word at an index ends a gap: a negation, or the first after a comma
 * @returns the place of each part; null if the phrase does not occur here
 */
export function placesOf(
  { parts, without }: ForeignPhrase,
  words: readonly SentenceWord[],
  start: number,
  isBreak: (at: number) => boolean,
): Place[] | null {
  const places: Place[] = [];
  for (const part of parts) {
    const previous = places.at(-1);
    const place =
      previous === undefined
        ? placeAt(part, words, start, isBreak)
        : nextPlace(part, words, previous[1] + 1, isBreak);
    if (place === null) return null;
    places.push(place);
  }
  const end = places[0]?.[1] ?? start;
  return without.size > 0 && words.slice(end + 1).some(({ word }) => without.has(word))
    ? null
    : places;
}

function nextPlace(
  part: Words,
  words: readonly SentenceWord[],
  from: number,
  isBreak: (at: number) => boolean,
): Place | null {
  for (let at = from; at < words.length; at += 1) {
    const place = placeAt(part, words, at, isBreak);
    if (place !== null) return place;
  }
  return null;
}

function placeAt(
  part: Words,
  words: readonly SentenceWord[],
  start: number,
  isBreak: (at: number) => boolean,
): Place | null {
  if (part[0]?.has(words[start]?.word ?? '') !== true) return null;
  let at = start;
  for (const word of part.slice(1)) {
    let next = at + 1;
    for (; next <= at + 1 + GAP && !word.has(words[next]?.word ?? ''); next += 1)
      if (isBreak(next)) return null;
    if (next > at + 1 + GAP) return null;
    at = next;
  }
  return [start, at];
}

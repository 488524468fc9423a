import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadPatterns } from './pattern-data.js';

const patterns = loadPatterns(new URL('./person-names.json', import.meta.url));
const SURNAMES_LIKE_VERBS = patterns.regExp('surnamesLikeVerbs');
const IRREGULAR_VERBS = patterns.regExp('irregularVerbs');
const FIRST = patterns.words('first');
const FAMOUS = new Set(
  JSON.parse(
    readFileSync(fileURLToPath(new URL('./famous-names.json', import.meta.url)), 'utf8'),
  ) as string[],
);

/** A capitalised name, and a first and last name, as sources of regular expressions. */
export const CAP = patterns.source('cap');
export const FULL = patterns.source('full');
/** Capitalised words that are not last names. */
export const NOT_LAST = patterns.words('notLast');
/** Lower-case words that are not last names. */
export const FUNCTION_WORDS = patterns.words('functionWords');
/** Words that occur beside the names of famous people. */
export const RENOWN = patterns.regExp('renown');

/** @param said a first and a last name, as written */
export const isFamousName = (said: string): boolean => FAMOUS.has(said.toLowerCase());
export const isPublicFigure = (first: string, last: string): boolean =>
  isFamousName(`${first} ${last}`);
/** @param word in any case; only the first part of a double name counts */
export const isFirst = (word: string): boolean => FIRST.has(word.toLowerCase().split('-')[0] ?? '');
/** @param word a complete lower-case word */
export const isFirstName = (word: string): boolean => FIRST.has(word);

/** Regular past and -ing forms, and the commonest irregular verbs. */
export const isVerb = (word: string): boolean =>
  (/(?:ed|ing)$/.test(word) && !SURNAMES_LIKE_VERBS.test(word)) || IRREGULAR_VERBS.test(word);

/** Length of the name at the end of a phrase. */
export function nameLength(said: string, first: string): number {
  return said.length - said.lastIndexOf(` ${first} `) - 1;
}

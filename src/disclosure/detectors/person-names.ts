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

/** A capitalised name, and a first and last name, as texts of regular expressions. */
export const CAP = patterns.source('cap');
export const FULL = patterns.source('full');
/** Words with a capital that are no last name. */
export const NOT_LAST = patterns.words('notLast');
/** Words in small letters that are no last name. */
export const FUNCTION_WORDS = patterns.words('functionWords');
/** Words beside the name of somebody whom everybody knows. */
export const RENOWN = patterns.regExp('renown');

/** @param said a first and a last name, as written */
export const isFamousName = (said: string): boolean => FAMOUS.has(said.toLowerCase());
export const isFamous = (first: string, last: string): boolean => isFamousName(`${first} ${last}`);
/** @param word in any case; of a double name the first part counts */
export const isFirst = (word: string): boolean => FIRST.has(word.toLowerCase().split('-')[0] ?? '');
/** @param word in small letters, whole */
export const isFirstName = (word: string): boolean => FIRST.has(word);

/** Past and lasting forms, and the commonest that are made otherwise. */
export const isVerb = (word: string): boolean =>
  (/(?:ed|ing)$/.test(word) && !SURNAMES_LIKE_VERBS.test(word)) || IRREGULAR_VERBS.test(word);

/** How many characters of a phrase are the name at its end. */
export function nameLength(said: string, first: string): number {
  return said.length - said.lastIndexOf(` ${first} `) - 1;
}

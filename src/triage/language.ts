import { detect } from 'tinyld';
import type { Vocabulary } from './vocabulary.js';
import type { Written, WrittenSentence } from './written-words.js';

const SAMPLE = 400;
/**
 * Minimum word count for a foreign part of a text: a single greeting does not make a text foreign.
 */
const PART = 3;
/** A separate sentence counts from two words: "jveux mourir". */
const SENTENCE = 2;
/** Minimum word count for letter statistics to be reliable. */
const TELLING = 8;

/** Word counts by evidence: English, another language, neither. */
interface Count {
  readonly words: number;
  readonly english: number;
  /** Only in another language, or with letters that English lacks. */
  readonly other: number;
  readonly unknown: number;
  /** Words known in the best-matching other language, including those shared with English. */
  readonly fit: number;
}

function count(words: readonly Written[], vocabulary: Vocabulary): Count {
  let [all, english, other, unknown] = [0, 0, 0, 0];
  const fits = new Map<string, number>();
  let marked = 0;
  for (const { word, marked: special, capital } of words) {
    const languages = vocabulary.languages(word);
    const known = vocabulary.isEnglish(word);
    if (word.length === 1 || (!known && languages.length === 0 && capital)) continue;
    all += 1;
    for (const language of languages) fits.set(language, (fits.get(language) ?? 0) + 1);
    if (known && languages.length === 0) english += 1;
    else if (!known && languages.length > 0) other += 1;
    else if (!known && vocabulary.isSlip(word)) english += 0.5;
    else if (!known && special) {
      other += 1;
      marked += 1;
    } else if (!known) unknown += 1;
  }
  return { words: all, english, other, unknown, fit: Math.max(0, ...fits.values()) + marked };
}

/** Decided by function words, as letter statistics are unreliable for short texts. */
function speaksOther({ words, english, other, unknown, fit }: Count): boolean {
  if (words === 0) return false;
  if (other >= 2 && other > english) return true;
  if (other >= 1 && english === 0 && fit >= words / 2) return true;
  if (words >= PART && english < 1 && other + unknown >= words * 0.6) return true;
  return words > PART + 1 && english <= words / 4 && other + unknown >= words * 0.6;
}

/**
 * A run of non-English words: its minimum length, and how many of them must not be English typos.
 */
const RUN = { words: 4, strange: 3 } as const;

/** Whether an otherwise English sentence contains a run of words of another language. */
function holdsRun(words: readonly Written[], vocabulary: Vocabulary): boolean {
  let [run, strange] = [0, 0];
  for (const { word, capital } of words) {
    if (word.length === 1) continue;
    const other = vocabulary.languages(word).length > 0;
    if (capital || (vocabulary.isEnglish(word) && !other)) {
      [run, strange] = [0, 0];
      continue;
    }
    run += 1;
    if (!vocabulary.isEnglish(word) && (other || !vocabulary.isSlip(word))) strange += 1;
    if (run >= RUN.words && strange >= RUN.strange) return true;
  }
  return false;
}

/** The number of letters, and of those outside the Latin alphabet. */
interface Letters {
  readonly letters: number;
  readonly foreign: number;
}

/**
 * Whether any part of a text is not reliably English: a sentence, a part between commas, or the
 * whole text. Look-alike letters of other alphabets are an evasion, and do not make a text foreign.
 */
export function isForeign(
  text: string,
  sentences: readonly WrittenSentence[],
  letters: Letters,
  vocabulary: Vocabulary,
): boolean {
  const words = vocabulary.withoutLoans(sentences.flatMap((sentence) => sentence.words));
  const total = count(words, vocabulary);
  if (total.words > 0 && letters.foreign > letters.letters / 2 && total.english < total.words / 2)
    return true;
  if (speaksOther(total) || (total.words === SENTENCE && total.unknown === SENTENCE)) return true;
  const speaks = (part: readonly Written[], least: number): boolean =>
    vocabulary.isUnsure(part) ||
    (part.length >= least && speaksOther(count(vocabulary.withoutLoans(part), vocabulary)));
  if (
    sentences.some(
      ({ words: own, parts }) =>
        speaks(own, SENTENCE) ||
        holdsRun(vocabulary.withoutLoans(own), vocabulary) ||
        (parts.length > 1 && parts.some((part) => speaks(part, PART))),
    )
  )
    return true;
  return (
    total.words >= TELLING &&
    total.english < total.words / 3 &&
    !['', 'en'].includes(detect(text.slice(0, SAMPLE)))
  );
}

/**
 * Whether a sentence contains a non-English word. Foreign phrases are only matched in such
 * sentences.
 */
export function holdsOther(words: readonly Written[], vocabulary: Vocabulary): boolean {
  return count(words, vocabulary).other > 0;
}

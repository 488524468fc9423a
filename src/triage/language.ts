import { detect } from 'tinyld';
import type { Vocabulary } from './vocabulary.js';
import type { Written, WrittenSentence } from './written-words.js';

const SAMPLE = 400;
/**
 * A part of a text in another language counts from so many words on: one greeting makes no foreign
 * text.
 */
const PART = 3;
/** A sentence of its own counts from two words on: "jveux mourir". */
const SENTENCE = 2;
/** From so many words on the statistics of letters say something. */
const TELLING = 8;

/** How many words speak for English, for another language, for neither. */
interface Count {
  readonly words: number;
  readonly english: number;
  /** Of another language alone, or with letters that English does not have. */
  readonly other: number;
  readonly unknown: number;
  /**
   * Words that the other language that fits best knows, those that English shares with it counted
   * too.
   */
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

/** Function words decide: short texts have no statistics of letters to speak of. */
function speaksOther({ words, english, other, unknown, fit }: Count): boolean {
  if (words === 0) return false;
  if (other >= 2 && other > english) return true;
  if (other >= 1 && english === 0 && fit >= words / 2) return true;
  if (words >= PART && english < 1 && other + unknown >= words * 0.6) return true;
  return words > PART + 1 && english <= words / 4 && other + unknown >= words * 0.6;
}

/** Words in a row that are not English, of which so many are no slip of an English one either. */
const RUN = { words: 4, strange: 3 } as const;

/** Whether some words in a row are another language, inside a sentence that is English else. */
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

/** Letters in all, and those of other alphabets. */
interface Letters {
  readonly letters: number;
  readonly foreign: number;
}

/**
 * Whether any part of a text is not surely English: a sentence, what stands between two commas, or
 * the text as a whole. Letters of another alphabet that only look like English ones hide a word and
 * make no foreign text.
 */
export function isForeign(
  text: string,
  sentences: readonly WrittenSentence[],
  letters: Letters,
  vocabulary: Vocabulary,
): boolean {
  const words = vocabulary.withoutLoans(sentences.flatMap((sentence) => sentence.words));
  const whole = count(words, vocabulary);
  if (whole.words > 0 && letters.foreign > letters.letters / 2 && whole.english < whole.words / 2)
    return true;
  if (speaksOther(whole) || (whole.words === SENTENCE && whole.unknown === SENTENCE)) return true;
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
    whole.words >= TELLING &&
    whole.english < whole.words / 3 &&
    !['', 'en'].includes(detect(text.slice(0, SAMPLE)))
  );
}

/**
 * Whether a sentence holds a word that is not English: only there a phrase of another language is
 * matched.
 */
export function holdsOther(words: readonly Written[], vocabulary: Vocabulary): boolean {
  return count(words, vocabulary).other > 0;
}

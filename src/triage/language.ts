import { detect } from 'tinyld';
import type { Vocabulary } from './vocabulary.js';
import type { Written, WrittenSentence } from './written-words.js';

const SAMPLE = 400;
/**
 * A part of a text in another language counts from so many words on: one greeting makes no foreign
 * text.
 */
const PART = 3;
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
  if (speaksOther(whole)) return true;
  const parts = sentences.flatMap((sentence) =>
    sentence.parts.length > 1 ? [sentence.words, ...sentence.parts] : [sentence.words],
  );
  if (
    parts.some(
      (part) =>
        part.length >= PART && speaksOther(count(vocabulary.withoutLoans(part), vocabulary)),
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

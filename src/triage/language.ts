import { detect } from 'tinyld';
import type { Evidence, Vocabulary } from './vocabulary.js';
import { partsOf, type Written, type WrittenSentence } from './written-words.js';

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
}

/** What a word counts as; null for a single letter, and for a name. */
function countsAs({ form: { word, marked, evidence }, capital }: Written): Evidence | null {
  if (word.length === 1) return null;
  if (capital && (evidence === 'slip' || evidence === 'unknown')) return null;
  // An accent is no typing error of English: "échecs" is not "echoes".
  if (marked && evidence === 'slip') return 'unknown';
  return evidence === 'unknown' && marked ? 'other' : evidence;
}

function count(words: readonly Written[]): Count {
  let [all, english, other, unknown] = [0, 0, 0, 0];
  for (const each of words) {
    const evidence = countsAs(each);
    if (evidence === null) continue;
    all += 1;
    if (evidence === 'english') english += 1;
    else if (evidence === 'slip') english += 0.5;
    else if (evidence === 'other') other += 1;
    else if (evidence === 'unknown') unknown += 1;
  }
  return { words: all, english, other, unknown };
}

/** Words known in the best-matching other language, including those shared with English. */
function fitOf(words: readonly Written[]): number {
  const fits = new Map<string, number>();
  let marked = 0;
  for (const each of words) {
    if (countsAs(each) === null) continue;
    const { languages, evidence, marked: special } = each.form;
    for (const language of languages) fits.set(language, (fits.get(language) ?? 0) + 1);
    if (special && evidence === 'unknown') marked += 1;
  }
  return Math.max(0, ...fits.values()) + marked;
}

/** Decided by function words, as letter statistics are unreliable for short texts. */
function speaksOther(
  { words, english, other, unknown }: Count,
  written: readonly Written[],
): boolean {
  if (other + unknown === 0) return false;
  if (other >= 2 && other > english) return true;
  if (other >= 1 && english === 0 && fitOf(written) >= words / 2) return true;
  if (words >= PART && english < 1 && other + unknown >= words * 0.6) return true;
  return words > PART + 1 && english <= words / 4 && other + unknown >= words * 0.6;
}

/**
 * A run of non-English words: its minimum length, and how many of them must not be English typos.
 */
const RUN = { words: 4, strange: 3 } as const;

/** Whether a word may be of another language. Most sentences hold none. */
function isStrange({ form: { evidence } }: Written): boolean {
  return evidence === 'other' || evidence === 'unknown';
}

/** Whether an otherwise English sentence contains a run of words of another language. */
function holdsRun(words: readonly Written[]): boolean {
  let [run, strange] = [0, 0];
  for (const each of words) {
    const { word, evidence } = each.form;
    if (word.length === 1) continue;
    if (each.capital || evidence === 'english') {
      [run, strange] = [0, 0];
      continue;
    }
    run += 1;
    if (isStrange(each)) strange += 1;
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
  const total = count(words);
  if (
    letters.foreign > letters.letters / 2 &&
    (total.words === 0 || total.english < total.words / 2)
  )
    return true;
  if (speaksOther(total, words) || (total.words === SENTENCE && total.unknown === SENTENCE))
    return true;
  const speaks = (part: readonly Written[], least: number): boolean => {
    if (vocabulary.isUnsure(part)) return true;
    if (part.length < least || !part.some(isStrange)) return false;
    const own = vocabulary.withoutLoans(part);
    return speaksOther(count(own), own);
  };
  if (
    sentences.some(
      (sentence) =>
        speaks(sentence.words, SENTENCE) ||
        (sentence.words.some(isStrange) && holdsRun(vocabulary.withoutLoans(sentence.words))) ||
        (sentence.starts.length > 1 && partsOf(sentence).some((part) => speaks(part, PART))),
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
export function holdsOther(words: readonly Written[]): boolean {
  return words.some((each) => countsAs(each) === 'other');
}

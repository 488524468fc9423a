import { detectAll } from 'tinyld';

/** ISO 639-1 codes of the languages that a post can be marked with. */
export const TEXT_LANGUAGES = [
  ...['af', 'am', 'ar', 'be', 'bg', 'bn', 'ca', 'cs', 'cy', 'da', 'de', 'el', 'en', 'es', 'et'],
  ...['eu', 'fa', 'fi', 'fr', 'ga', 'gl', 'gu', 'he', 'hi', 'hr', 'hu', 'hy', 'id', 'is', 'it'],
  ...['ja', 'ka', 'kk', 'km', 'kn', 'ko', 'ku', 'lt', 'lv', 'mk', 'mn', 'my', 'nl', 'no', 'pa'],
  ...['pl', 'ps', 'pt', 'ro', 'ru', 'sk', 'sl', 'so', 'sq', 'sr', 'sv', 'sw', 'ta', 'te', 'th'],
  ...['tl', 'tr', 'uk', 'ur', 'vi', 'yi', 'zh'],
] as const;

const KNOWN: ReadonlySet<string> = new Set(TEXT_LANGUAGES);

/** Number of characters that are analysed. */
const SAMPLE = 400;
/** Minimum length; shorter texts such as "me too" are ambiguous. */
const MIN_LENGTH = 25;
/** A language is accepted above this accuracy if no other comes close to it. */
const MIN_ACCURACY = 0.6;
/** The runner-up must have less than this share of the first one's accuracy. */
const MAX_RUNNER_UP_RATIO = 0.5;

/** URLs, handles and Markdown markup do not belong to any language. */
function wordsOf(text: string): string {
  return text
    .replace(/https?:\S+|@\S+|[*_`>#[\]()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Detects the language of a text, or nothing: a wrong label is worse than none.
 * @param expected the community's language, for which ranking first is enough
 * @returns the ISO 639-1 code; null if uncertain
 */
export function languageOf(text: string, expected: string | null): string | null {
  const words = wordsOf(text).slice(0, SAMPLE);
  const [first, second] = detectAll(words).filter(({ lang }) => KNOWN.has(lang));
  if (first === undefined) return null;
  if (first.lang === expected) return expected;
  const sure =
    words.length >= MIN_LENGTH &&
    first.accuracy > MIN_ACCURACY &&
    (second === undefined || second.accuracy < first.accuracy * MAX_RUNNER_UP_RATIO);
  return sure ? first.lang : null;
}

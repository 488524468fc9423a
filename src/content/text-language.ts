import { detectAll } from 'tinyld';

/** ISO 639-1 codes of the languages in which a post can be marked as written. */
export const TEXT_LANGUAGES = [
  ...['af', 'am', 'ar', 'be', 'bg', 'bn', 'ca', 'cs', 'cy', 'da', 'de', 'el', 'en', 'es', 'et'],
  ...['eu', 'fa', 'fi', 'fr', 'ga', 'gl', 'gu', 'he', 'hi', 'hr', 'hu', 'hy', 'id', 'is', 'it'],
  ...['ja', 'ka', 'kk', 'km', 'kn', 'ko', 'ku', 'lt', 'lv', 'mk', 'mn', 'my', 'nl', 'no', 'pa'],
  ...['pl', 'ps', 'pt', 'ro', 'ru', 'sk', 'sl', 'so', 'sq', 'sr', 'sv', 'sw', 'ta', 'te', 'th'],
  ...['tl', 'tr', 'uk', 'ur', 'vi', 'yi', 'zh'],
] as const;

const KNOWN: ReadonlySet<string> = new Set(TEXT_LANGUAGES);

/** Characters of a text that are looked at. */
const SAMPLE = 400;
/** Shorter texts say too little: "me too" is no language. */
const TELLING = 25;
/** A language is sure from this accuracy on, where no other comes near it. */
const SURE = 0.6;
const NEXT = 0.5;

/** Addresses, names behind an @ and signs of Markdown belong to no language. */
function wordsOf(text: string): string {
  return text
    .replace(/https?:\S+|@\S+|[*_`>#[\]()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The language of a text, where it can be told: a wrong mark is worse than none.
 * @param expected the community's language: it is enough that it comes first
 * @returns the ISO 639-1 code; null where it is not sure
 */
export function languageOf(text: string, expected: string | null): string | null {
  const words = wordsOf(text).slice(0, SAMPLE);
  const [first, second] = detectAll(words).filter(({ lang }) => KNOWN.has(lang));
  if (first === undefined) return null;
  if (first.lang === expected) return expected;
  const sure =
    words.length >= TELLING &&
    first.accuracy > SURE &&
    (second === undefined || second.accuracy < first.accuracy * NEXT);
  return sure ? first.lang : null;
}

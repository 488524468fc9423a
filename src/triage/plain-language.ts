import { shippedRules } from './shipped-rules.js';

/** Characters of a text that are looked at. */
const SAMPLE = 400;
/** Fewer words prove nothing. */
const LEAST = 5;
/** Of other languages than English only the most frequent words are known. */
const SHARE = { english: 0.5, other: 0.2 } as const;

/**
 * Whether a text is plainly in a language: enough of its words are of that language, and of no
 * other that the rules know. It spares such a text the statistics of its letters, which cost more
 * than everything else that is asked of it.
 * @param language an ISO 639-1 code
 */
export function isPlainly(text: string, language: string): boolean {
  const words = text
    .slice(0, SAMPLE)
    .toLowerCase()
    .replaceAll('’', "'")
    .match(/\p{L}[\p{L}']*/gu);
  const own = (words ?? []).filter((word) => shippedRules.vocabulary.isOnlyOf(word, language));
  const share = language === 'en' ? SHARE.english : SHARE.other;
  return own.length >= LEAST && own.length >= (words?.length ?? 0) * share;
}

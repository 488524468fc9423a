import { shippedRules } from './shipped-rules.js';

/** Number of characters to examine. */
const SAMPLE = 400;
/** Too few words to be conclusive. */
const LEAST = 5;
/**
 * Minimum share of own words. For languages other than English only the most frequent words are
 * known.
 */
const SHARE = { english: 0.5, other: 0.2 } as const;

/**
 * Whether enough words of a text belong to a language and to no other known one. A cheap check that
 * avoids letter statistics, the most expensive part of language detection.
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

import { readFileSync } from 'node:fs';
import { NEEDS } from '../core/vocabulary.js';

const PATTERNS = JSON.parse(
  readFileSync(new URL('./need-words.json', import.meta.url), 'utf8'),
) as Record<(typeof NEEDS)[number], string>;
const FINDERS = NEEDS.map((need) => ({ need, pattern: new RegExp(PATTERNS[need], 'iu') }));

/** Number of characters to read: longer texts state their subject near the beginning. */
const MAX_ANALYSED_LENGTH = 4_000;

/** Guesses the needs that a text is about, to suggest strategies. The result is not stored. */
export function detectNeeds(text: string): string[] {
  const plain = text.slice(0, MAX_ANALYSED_LENGTH);
  return FINDERS.filter(({ pattern }) => pattern.test(plain)).map(({ need }) => need);
}

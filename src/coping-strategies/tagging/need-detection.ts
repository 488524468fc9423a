import { readFileSync } from 'node:fs';
import { NEEDS } from '../core/vocabulary.js';

const PATTERNS = JSON.parse(
  readFileSync(new URL('./need-words.json', import.meta.url), 'utf8'),
) as Record<(typeof NEEDS)[number], string>;
const FINDERS = NEEDS.map((need) => ({ need, pattern: new RegExp(PATTERNS[need], 'iu') }));

/** Longer texts say what they are about near their beginning. */
const READ = 4_000;

/**
 * Needs that a text speaks of, to find strategies for it; a guess that changes nothing else, and is
 * kept nowhere.
 */
export function detectNeeds(text: string): string[] {
  const plain = text.slice(0, READ);
  return FINDERS.filter(({ pattern }) => pattern.test(plain)).map(({ need }) => need);
}

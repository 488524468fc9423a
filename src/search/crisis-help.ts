import { compareTiers } from '../review/review-targets.js';
import type { Screening } from '../triage/screening.js';

// Said alone these are topics, not cries for help; whoever looks for them is still shown first
// where help is.
const TOPICS =
  /\b(suicid\w*|self[- ]?harm\w*|self[- ]?injur\w*|kill(ing)? myself|want(ing)? to die|end(ing)? (it all|my life)|hurt(ing)? myself|no reason to live)\b/iu;

/**
 * Words from which a text is more than a search: what its wording alone suggests counts from here
 * on.
 */
const PROSE = 6;

/**
 * Whether the ways to help come before what was found. The rules were made for what people write; a
 * word or two, as people look for, has no wording to speak of ("night" alone is nobody's cry), so
 * that there only what a rule names counts.
 */
export function crisisHelpFor(q: string, screening: Screening): boolean {
  if (q === '') return false;
  if (TOPICS.test(q)) return true;
  const { tier, signals } = screening.screen(q);
  if (tier === 'unknown' || compareTiers(tier, 'urgent') < 0) return false;
  return q.split(' ').length >= PROSE || signals.some(({ rule }) => !rule.startsWith('wording.'));
}

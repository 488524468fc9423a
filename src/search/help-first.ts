import { compareTiers } from '../safety/targets.js';
import type { Screening } from '../safety/screening.js';

// Said alone these are topics, not cries for help; whoever looks for them is still shown first where help is.
const TOPICS = /\b(suicid\w*|self[- ]?harm\w*|self[- ]?injur\w*|kill(ing)? myself|want(ing)? to die|end(ing)? (it all|my life)|hurt(ing)? myself|no reason to live)\b/iu;

/** Whether the ways to help come before what was found. */
export function helpFirst(q: string, screening: Screening): boolean {
  if (q === '') return false;
  const { tier } = screening.screen(q);
  return TOPICS.test(q) || (tier !== 'unknown' && compareTiers(tier, 'watch') >= 0);
}

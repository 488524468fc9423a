import { compareTiers } from '../review/review-targets.js';
import type { Assessment, CaseTier } from '../triage/risk.js';

type Tiers = Pick<Assessment, 'tier' | 'named'>;

const DANGER: readonly CaseTier[] = ['watch', 'urgent', 'crisis'];

/**
 * Whether a part of a mail that would be left out needs more urgent care than the rest. A `watch`
 * counts only where a rule names it: the classifier alone finds one in the lines that mail programs
 * write above a quotation.
 */
export function isGraverPart(part: Tiers, rest: Tiers): boolean {
  const inPart = countedTier(part);
  return DANGER.includes(inPart) && compareTiers(inPart, countedTier(rest)) > 0;
}

function countedTier({ tier, named }: Tiers): CaseTier {
  return tier === 'watch' ? named : tier;
}

import { compareTiers } from '../review/review-targets.js';
import type { Assessment, CaseTier } from '../triage/risk.js';

type Tiers = Pick<Assessment, 'tier' | 'named'>;

const DANGER: readonly CaseTier[] = ['watch', 'urgent', 'crisis'];

/**
 * Whether a part of an email that would be omitted needs more urgent care than the rest.
 * @param assess screens a text; the rest is screened only if the part names danger, which is rare
 */
export function isGraverPart(part: string, rest: string, assess: (text: string) => Tiers): boolean {
  const inPart = assess(part);
  return namesDanger(inPart) && compareTiers(countedTier(inPart), countedTier(assess(rest))) > 0;
}

/** Whether a text of an email names danger. */
export function namesDanger(tiers: Tiers): boolean {
  return DANGER.includes(countedTier(tiers));
}

/**
 * The tier of a text of an email. A `watch` counts only if a rule found it: the classifier alone
 * finds one in the lines that mail clients write above a quotation.
 */
export function countedTier({ tier, named }: Tiers): CaseTier {
  return tier === 'watch' ? named : tier;
}

import { compareTiers } from '../review/review-targets.js';
import type { Assessment, CaseTier } from '../triage/risk.js';

type Tiers = Pick<Assessment, 'tier' | 'named'>;

const DANGER: readonly CaseTier[] = ['watch', 'urgent', 'crisis'];

/**
 * Whether a part of a mail that would be left out needs more urgent care than the rest.
 * @param assess screens a text; the rest is screened only where the part is in danger, which is
 *   rare
 */
export function isGraverPart(part: string, rest: string, assess: (text: string) => Tiers): boolean {
  const inPart = assess(part);
  return namesDanger(inPart) && compareTiers(countedTier(inPart), countedTier(assess(rest))) > 0;
}

/** Whether a text of a mail sounds like danger. */
export function namesDanger(tiers: Tiers): boolean {
  return DANGER.includes(countedTier(tiers));
}

/**
 * The tier of a text of a mail. A `watch` counts only where a rule names it: the classifier alone
 * finds one in the lines that mail programs write above a quotation.
 */
export function countedTier({ tier, named }: Tiers): CaseTier {
  return tier === 'watch' ? named : tier;
}

import { compareTiers } from '../review/review-targets.js';
import type { Assessment, CaseTier } from '../triage/risk.js';

type Tiers = Pick<Assessment, 'tier' | 'named'>;

const DANGER: readonly CaseTier[] = ['watch', 'urgent', 'crisis'];

/**
 * Whether a part of an email that would be omitted needs more urgent care than the rest. If the rest
 * names the same danger already, a moderator reads it anyway, and the classifier alone makes no part
 * graver: the line that a mail client writes above a quotation can tip it.
 * @param assess screens a text; the rest is screened only if the part names danger, which is rare
 */
export function isGraverPart(part: string, rest: string, assess: (text: string) => Tiers): boolean {
  const inPart = assess(part);
  if (!namesDanger(inPart)) return false;
  const inRest = assess(rest);
  const isNamed = DANGER.includes(inRest.named) && inRest.named === inPart.named;
  return !isNamed && compareTiers(countedTier(inPart), countedTier(inRest)) > 0;
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

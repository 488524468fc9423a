import { DAY } from '../../kernel/clock.js';
import type { CaseTier } from '../../triage/risk.js';
import { ACTION_FACTS } from '../core/actions.js';
import type { DecideForm } from './decide.dto.js';

/** Deadline in milliseconds for reviewing a crisis that one person closed. */
export const SECOND_REVIEW_WITHIN = DAY;

export interface DecisionFacts {
  readonly tier: CaseTier;
  /** For an appeal: the tier of the case whose decision is appealed. */
  readonly appealedTier: CaseTier | null;
}

/**
 * Whether one person may only propose the decision: a pause without an end, or reversing a
 * colleague's decision in a crisis.
 */
export function needsSecondBefore(form: DecideForm, facts: DecisionFacts): boolean {
  if (form.action === 'suspend' && Number(form.days) === 0 && form.days !== '') return true;
  return (
    facts.appealedTier === 'crisis' && ACTION_FACTS[form.action].closes && form.action !== 'dismiss'
  );
}

/** Whether a second person reviews the decision after it has been carried out. */
export function needsSecondAfter(form: DecideForm, facts: DecisionFacts): boolean {
  return facts.tier === 'crisis' && ACTION_FACTS[form.action].closes;
}

import { DAY } from '../../kernel/clock.js';
import type { CaseTier } from '../../triage/risk.js';
import { FACTS } from '../core/actions.js';
import type { DecideForm } from './decide.dto.js';

/** A crisis that one person closed is looked at by a second within this time. */
export const SECOND_LOOK = DAY;

export interface DecisionFacts {
  readonly tier: CaseTier;
  /** On an appeal: the tier of the case whose decision is appealed. */
  readonly appealedTier: CaseTier | null;
}

/**
 * What one person may only propose: a pause without an end, and undoing what a colleague decided in
 * a crisis.
 */
export function needsSecondBefore(form: DecideForm, facts: DecisionFacts): boolean {
  if (form.action === 'suspend' && Number(form.days) === 0 && form.days !== '') return true;
  return facts.appealedTier === 'crisis' && FACTS[form.action].closes && form.action !== 'dismiss';
}

/** What one person may do now, and a second looks at afterwards. */
export function needsSecondAfter(form: DecideForm, facts: DecisionFacts): boolean {
  return facts.tier === 'crisis' && FACTS[form.action].closes;
}

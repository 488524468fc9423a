import { PLAN_PARTS, type SafetyPlan, type PlanPart } from '../../safety-plans/safety-plans.js';
import type { Translator } from '../../i18n/translator.js';
import {
  cardLines,
  crisisLines,
  textLines,
  type CardLine,
  type NearLine,
} from '../core/emergency-card.view.js';

/** The plan has to stay on one page when it is printed. */
const MOST_LINES = 6;

interface PlanStep {
  part: PlanPart;
  title: string;
  lines: CardLine[];
  /** Things of the toolkit, beside what was written. */
  items: { name: string; href: string }[];
  helplines: NearLine[];
}

/** @param items what of the toolkit was chosen, in its order */
export function planSteps(
  plan: SafetyPlan | null,
  items: { name: string; href: string }[],
  country: string,
  i18n: Translator,
): PlanStep[] {
  return PLAN_PARTS.map((part) => ({
    part,
    title: i18n.t(`toolkit.plan.${part}.title`),
    lines: cardLines(plan?.[part] ?? ''),
    items: part === 'alone' ? items : [],
    helplines: part === 'professionals' ? crisisLines(country, i18n) : [],
  }));
}

/** The first part that has more lines than the page holds. */
export function tooLong(plan: Record<PlanPart, string>): PlanPart | null {
  return PLAN_PARTS.find((part) => textLines(plan[part]).length > MOST_LINES) ?? null;
}

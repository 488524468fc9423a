import { PLAN_PARTS, type OwnPlan, type PlanPart } from '../safety/own-plans.js';
import type { Words } from '../kernel/words.js';
import {
  cardLines,
  crisisLines,
  textLines,
  type CardLine,
  type NearLine,
} from './own-card.view.js';

/** The plan has to stay on one page when it is printed. */
export const MOST_LINES = 6;

export interface PlanStep {
  part: PlanPart;
  title: string;
  lines: CardLine[];
  /** Things of the toolkit, beside what was written. */
  items: { name: string; href: string }[];
  helplines: NearLine[];
}

/** @param items what of the toolkit was chosen, in its order */
export function planSteps(
  plan: OwnPlan | null,
  items: { name: string; href: string }[],
  country: string,
  words: Words,
): PlanStep[] {
  return PLAN_PARTS.map((part) => ({
    part,
    title: words.t(`toolkit.plan.${part}.title`),
    lines: cardLines(plan?.[part] ?? ''),
    items: part === 'alone' ? items : [],
    helplines: part === 'professionals' ? crisisLines(country, words) : [],
  }));
}

/** The first part that has more lines than the page holds. */
export function tooLong(plan: Record<PlanPart, string>): PlanPart | null {
  return PLAN_PARTS.find((part) => textLines(plan[part]).length > MOST_LINES) ?? null;
}

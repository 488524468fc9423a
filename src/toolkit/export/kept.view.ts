import type { Translator } from '../../i18n/translator.js';
import type { EmergencyCard, SafetyPlan } from '../../safety-plans/safety-plans.js';
import { emergencyCardView, type EmergencyCardView } from '../core/emergency-card.view.js';
import type { Item } from '../items/item-texts.js';
import { planSteps, type PlanStep } from '../plan/plan.view.js';
import { printedItem, type PrintedItem } from './print.view.js';

interface KeptFacts {
  own: { plan: SafetyPlan | null; card: EmergencyCard | null };
  /** The member's whole toolkit, with steps. */
  items: readonly Item[];
  /** `all`, the id of a collection, or undefined to leave out the toolkit. */
  toolkit: string | undefined;
  /** Whether to include the emergency card and the safety plan. */
  withPlan: boolean;
}

interface KeptView {
  saved: string;
  card: EmergencyCardView | null;
  steps: PlanStep[];
  items: PrintedItem[];
  /** The copy is empty: nothing was chosen, or the chosen parts are empty. */
  nothing: { chosen: boolean } | null;
}

export function keptView(facts: KeptFacts, country: string, i18n: Translator): KeptView {
  const { own, items, toolkit, withPlan } = facts;
  const card = withPlan ? emergencyCardView(own.card, country, i18n) : null;
  const steps = withPlan && own.plan !== null ? planSteps(own.plan, items, country, i18n) : [];
  const chosen = items.filter(
    ({ row }) => toolkit === 'all' || (toolkit !== undefined && row.collections.includes(toolkit)),
  );
  return {
    saved: i18n.saved(),
    card,
    steps,
    items: chosen.map((item) => printedItem(item, i18n)),
    nothing:
      card === null && steps.length === 0 && chosen.length === 0
        ? { chosen: withPlan || toolkit !== undefined }
        : null,
  };
}

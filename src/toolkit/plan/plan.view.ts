import { formView, type FormView } from '../../http/form-page.js';
import { listOf } from '../../http/form-values.js';
import type { InvalidForm } from '../../http/form.js';
import type { TickOption } from '../../http/options.js';
import {
  PLAN_PARTS,
  type EmergencyCard,
  type PlanPart,
  type SafetyPlan,
} from '../../safety-plans/safety-plans.js';
import type { Translator } from '../../i18n/translator.js';
import {
  cardLines,
  crisisHelplines,
  emergencyCardView,
  textLines,
  type CardLine,
  type EmergencyCardView,
  type CardHelpline,
} from '../core/emergency-card.view.js';
import { toolkitTabs, type Tab } from '../core/toolkit-tabs.js';
import type { Item } from '../items/item-texts.js';
import { isGone, itemName, useHref } from '../items/items.view.js';

/** Maximum lines in a part, so that the printed plan fits on one page. */
const MAX_LINES = 6;

export interface PlanStep {
  part: PlanPart;
  title: string;
  lines: CardLine[];
  /** Toolkit items, shown beside the member's own lines. */
  items: { name: string; href: string }[];
  helplines: CardHelpline[];
}

interface PlanView {
  tabs: Tab[];
  written: boolean;
  steps: PlanStep[];
  /** Whether the plan fits on one printed page in large letters. */
  short: boolean;
  card: EmergencyCardView | null;
}

interface PlanFormView {
  form: FormView;
  parts: {
    part: PlanPart;
    label: string;
    hint: string;
    value: string | string[];
    error: string | undefined;
    items: TickOption[];
    itemsError: string | undefined;
  }[];
}

/** @param items the member's whole toolkit */
export function planView(
  own: { plan: SafetyPlan | null; card: EmergencyCard | null },
  items: readonly Item[],
  country: string,
  i18n: Translator,
): PlanView {
  const steps = planSteps(own.plan, items, country, i18n, useHref);
  return {
    tabs: toolkitTabs(i18n, 'plan'),
    written: own.plan !== null,
    steps,
    short: isShortPlan(steps),
    card: emergencyCardView(own.card, country, i18n),
  };
}

/** @param items the member's whole toolkit, to choose from */
export function planFormView(
  plan: SafetyPlan | null,
  items: readonly Item[],
  i18n: Translator,
  faulty?: InvalidForm,
): PlanFormView {
  const form = formView(i18n, faulty, plan === null ? {} : { ...plan });
  const chosen = listOf(form.values.items);
  const itemOptions = items
    .filter((item) => !isGone(item))
    .map((item) => ({
      value: item.row.id,
      label: itemName(item, i18n),
      checked: chosen.includes(item.row.id),
    }));
  return {
    form,
    parts: PLAN_PARTS.map((part) => ({
      part,
      label: i18n.t(`toolkit.plan.${part}.title`),
      hint: i18n.t(`toolkit.plan.${part}.hint`),
      value: form.values[part] ?? '',
      error: form.error[part],
      items: part === 'alone' ? itemOptions : [],
      itemsError: form.error.items,
    })),
  };
}

/**
 * @param items of the toolkit in order; those that the plan names are shown
 * @param href returns the URL of an item; omitted for readers who may not open items
 */
export function planSteps(
  plan: SafetyPlan | null,
  items: readonly Item[],
  country: string,
  i18n: Translator,
  href: (item: Item) => string = () => '',
): PlanStep[] {
  const named = items
    .filter((item) => plan?.items.includes(item.row.id) === true && !isGone(item))
    .map((item) => ({ name: itemName(item, i18n), href: href(item) }));
  return PLAN_PARTS.map((part) => ({
    part,
    title: i18n.t(`toolkit.plan.${part}.title`),
    lines: cardLines(plan?.[part] ?? ''),
    items: part === 'alone' ? named : [],
    helplines: part === 'professionals' ? crisisHelplines(country, i18n) : [],
  }));
}

/** Characters in a printed line of large letters, and such lines on a page of two columns. */
const LARGE = { line: 32, page: 56 };

/** Whether a plan surely fits on one printed page in large letters. */
export function isShortPlan(steps: readonly PlanStep[]): boolean {
  const entries = steps.flatMap(({ title, lines, items, helplines }) => [
    // A title is larger than its entries, with a gap around it.
    `${title}${' '.repeat(LARGE.line)}`,
    ...lines.map(({ text }) => text),
    ...items.map(({ name }) => name),
    ...helplines.map(({ name, phone, sms }) => [name, phone, sms].join(' ')),
  ]);
  const printed = entries.map(({ length }) => Math.max(1, Math.ceil(length / LARGE.line)));
  return printed.reduce((sum, count) => sum + count, 0) <= LARGE.page;
}

/** The first part with too many lines for the printed page, or null. */
export function firstOverlongPart(plan: Record<PlanPart, string>): PlanPart | null {
  return PLAN_PARTS.find((part) => textLines(plan[part]).length > MAX_LINES) ?? null;
}

import type { Translator } from '../../i18n/translator.js';
import type { SafetyPlan } from '../../safety-plans/safety-plans.js';
import { emergencyCardView, type EmergencyCardView } from '../core/emergency-card.view.js';
import { ratingInWords } from '../core/numbers-in-words.js';
import { letterView } from '../look-back/look-back.js';
import { planSteps, type PlanStep } from '../plan/plan.view.js';
import type { ExportedToolkit } from './toolkit-export.service.js';

interface ExportedToolkitView {
  made: string;
  card: EmergencyCardView | null;
  plan: PlanStep[] | null;
  items: (ExportedToolkit['items'][number] & { inside: string })[];
  checkIns: { when: string; about: string | null; said: string; word: string; note: string }[];
  sheets: (ExportedToolkit['sheets'][number] & { when: string })[];
  letters: ReturnType<typeof letterView>[];
}

/** @param country whose helplines the card and the plan list */
export function exportedToolkitView(
  all: ExportedToolkit,
  country: string,
  i18n: Translator,
): ExportedToolkitView {
  return {
    card: emergencyCardView(all.card, country, i18n),
    plan: all.plan === null ? null : exportedPlan(all.plan, country, i18n),
    made: i18n.t('toolkit.print.when', { date: i18n.date(new Date(all.made)) }),
    items: all.items.map((item) => ({ ...item, inside: i18n.list(item.collections) })),
    checkIns: all.checkIns.map((row) => ({
      when: i18n.date(new Date(row.at)),
      about: row.about,
      said: ratingInWords(row, i18n),
      word: row.word,
      note: row.note,
    })),
    sheets: all.sheets.map((sheet) => ({ ...sheet, when: i18n.date(new Date(sheet.at)) })),
    letters: all.letters.map((letter) => letterView(letter, letter.month, i18n)),
  };
}

/** The steps of the plan, with the names of its toolkit items. */
function exportedPlan(plan: SafetyPlan, country: string, i18n: Translator): PlanStep[] {
  const items = plan.items.map((name) => ({ name, href: '' }));
  return planSteps(plan, [], country, i18n).map((step) =>
    step.part === 'alone' ? { ...step, items } : step,
  );
}

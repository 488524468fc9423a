import type { Translator } from '../i18n/translator.js';
import { offDutyText } from './supporters.view.js';
import type { BreakOfferRow, SupportRequestRow } from './unanswered.queries.js';

/** The offered lengths of a break, in days. */
export const BREAK_DAYS = [3, 7, 14] as const;

export interface SupportRequestView extends SupportRequestRow {
  /** The supporter's current answer. */
  said: string | null;
  open: boolean;
}

export function supportRequestView(row: SupportRequestRow, i18n: Translator): SupportRequestView {
  return {
    ...row,
    said: row.answer === null ? null : i18n.t(`belonging.asked.said.${row.answer}`),
    open: !row.over,
  };
}

export interface BreakOfferView {
  id: string;
  slug: string;
  name: string;
  /** Until when the supporter is already off duty. */
  off: string | null;
  days: { days: number; label: string }[];
}

export function breakOfferView(
  id: string,
  { slug, name, offDutyUntil }: BreakOfferRow,
  now: Date,
  i18n: Translator,
): BreakOfferView {
  return {
    id,
    slug,
    name,
    off: offDutyUntil !== null && offDutyUntil > now ? offDutyText(offDutyUntil, i18n) : null,
    days: BREAK_DAYS.map((days) => ({ days, label: i18n.t('belonging.rest.days', { days }) })),
  };
}

import type { Translator } from '../i18n/translator.js';
import { COMPLAINTS, CONCERNS, isConcern } from '../review/review-targets.js';
import type { ReportRow } from './reporting.queries.js';

export interface ReasonChoice {
  value: string;
  label: string;
  hint: string;
  checked: boolean;
}

/** Worry first, apart from complaint. @param chosen what was picked */
export function reasonChoices(
  i18n: Translator,
  chosen: string | string[] | undefined,
): { worries: ReasonChoice[]; complaints: ReasonChoice[] } {
  const options = (reasons: object): ReasonChoice[] =>
    Object.keys(reasons).map((value) => ({
      value,
      label: i18n.t(`reporting.reason.${value}.label`),
      hint: i18n.t(`reporting.reason.${value}.hint`),
      checked: value === chosen,
    }));
  return { worries: options(CONCERNS), complaints: options(COMPLAINTS) };
}

export interface ReportView {
  number: string;
  href: string;
  reason: string;
  when: string;
  iso: string;
  note: string;
  outcome: string;
  answered: boolean;
  worry: boolean;
  mayAskAgain: boolean;
}

export function reportView(row: ReportRow, i18n: Translator): ReportView {
  const answered = row.answeredAt !== null;
  return {
    number: row.number,
    href: `/reports/${row.number}`,
    reason: i18n.t(`reporting.reason.${row.reason}.label`),
    when: i18n.when(row.createdAt),
    iso: row.createdAt.toISOString(),
    note: row.note,
    outcome: i18n.t(
      answered
        ? row.outcome === 'acted'
          ? 'reporting.outcome.acted'
          : 'reporting.outcome.no-action'
        : row.outcome === null
          ? 'reporting.outcome.waiting'
          : 'reporting.outcome.again',
    ),
    answered,
    worry: isConcern(row.reason),
    mayAskAgain: answered && row.postId !== null,
  };
}

/** When it should be read by; null once it is answered. */
export function dueWords(row: ReportRow, now: Date, i18n: Translator): string | null {
  if (row.answeredAt !== null) return null;
  return row.dueAt > now
    ? i18n.t('reporting.receipt.due', { time: i18n.soon(row.dueAt) })
    : i18n.t('reporting.receipt.soon');
}

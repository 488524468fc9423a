import type { FormView } from '../http/form-page.js';
import { tickOptions, type TickOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import { OUTCOMES } from './group-requests.dto.js';
import type { RequestRow } from './group-requests.queries.js';

/** A request as shown to its member. */
export interface OwnRequestView {
  href: string;
  wish: string;
  why: string;
  asked: string;
  outcome: string;
  answer: string;
}

export function ownRequestView(row: RequestRow, i18n: Translator): OwnRequestView {
  return {
    href: `/find/requests/${row.id}`,
    wish: row.wish,
    why: row.why,
    asked: i18n.t('finding.request.asked', { when: i18n.when(row.createdAt) }),
    outcome: i18n.t(
      row.outcome === null ? 'finding.request.waiting' : `finding.outcome.${row.outcome}`,
    ),
    answer: row.answer,
  };
}

export interface AskView {
  /** Whether an administrator has closed requests for now. */
  closed: boolean;
  form: FormView;
  own: OwnRequestView[];
}

export function askView(
  rows: readonly RequestRow[],
  open: boolean,
  form: FormView,
  i18n: Translator,
): AskView {
  return { closed: !open, form, own: rows.map((row) => ownRequestView(row, i18n)) };
}

interface StaffRequestView {
  id: string;
  wish: string;
  why: string;
  when: string;
  outcome: string | null;
  answer: string;
}

export interface RequestsView {
  waiting: StaffRequestView[];
  answered: StaffRequestView[];
}

export function requestsView(rows: readonly RequestRow[], i18n: Translator): RequestsView {
  const view = (row: RequestRow): StaffRequestView => ({
    id: row.id,
    wish: row.wish,
    why: row.why,
    when: i18n.when(row.createdAt),
    outcome: row.outcome === null ? null : i18n.t(`finding.outcome.${row.outcome}`),
    answer: row.answer,
  });
  return {
    waiting: rows.filter((row) => row.outcome === null).map(view),
    answered: rows.filter((row) => row.outcome !== null).map(view),
  };
}

export interface AnswerRequestView {
  id: string;
  wish: string;
  why: string;
  when: string;
  answered: { outcome: string; answer: string } | null;
  form: FormView;
  outcomes: TickOption[];
}

export function answerRequestView(
  row: RequestRow,
  form: FormView,
  i18n: Translator,
): AnswerRequestView {
  const outcome = (value: string): string => i18n.t(`finding.outcome.${value}`);
  return {
    id: row.id,
    wish: row.wish,
    why: row.why,
    when: i18n.when(row.createdAt),
    answered: row.outcome === null ? null : { outcome: outcome(row.outcome), answer: row.answer },
    form,
    outcomes: tickOptions(OUTCOMES, form.values.outcome, outcome),
  };
}

import type { FormView } from '../http/form-page.js';
import { tickOptions, type TickOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import type { AccessiblePost } from '../posts/post-access.js';
import { postPath } from '../posts/post-address.js';
import { COMPLAINTS, CONCERNS, isConcern } from '../review/review-targets.js';
import { MAX_NOTE_LENGTH, REPORT_NUMBER } from './reporting.dto.js';
import type { ReportRow } from './reporting.queries.js';

export interface ReportFormView {
  id: string;
  form: FormView;
  back: string;
  number: number;
  longest: number;
  worries: TickOption[];
  complaints: TickOption[];
}

/** Concerns about a person come first, separate from complaints about a post. */
export function reportFormView(
  post: Pick<AccessiblePost, 'id' | 'threadId' | 'number'>,
  form: FormView,
  i18n: Translator,
): ReportFormView {
  const options = (reasons: object): TickOption[] =>
    tickOptions(
      Object.keys(reasons),
      form.values.reason,
      (value) => i18n.t(`reporting.reason.${value}.label`),
      (value) => i18n.t(`reporting.reason.${value}.hint`),
    );
  return {
    id: post.id,
    form,
    back: postPath(post.threadId, post.number),
    number: post.number,
    longest: MAX_NOTE_LENGTH,
    worries: options(CONCERNS),
    complaints: options(COMPLAINTS),
  };
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

function reportView(row: ReportRow, i18n: Translator): ReportView {
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

export interface OwnReportsView {
  reports: ReportView[];
}

export function ownReportsView(rows: readonly ReportRow[], i18n: Translator): OwnReportsView {
  return { reports: rows.map((row) => reportView(row, i18n)) };
}

export interface ReceiptView {
  report: ReportView;
  /** The due time for a moderator to read it; null once it is answered. */
  due: string | null;
}

export function receiptView(row: ReportRow, now: Date, i18n: Translator): ReceiptView {
  return { report: reportView(row, i18n), due: dueText(row, now, i18n) };
}

function dueText(row: ReportRow, now: Date, i18n: Translator): string | null {
  if (row.answeredAt !== null) return null;
  return row.dueAt > now
    ? i18n.t('reporting.receipt.due', { time: i18n.by(row.dueAt) })
    : i18n.t('reporting.receipt.soon');
}

export interface IllegalFormView {
  form: FormView;
  longest: number;
}

export function illegalFormView(form: FormView): IllegalFormView {
  return { form, longest: MAX_NOTE_LENGTH };
}

export interface IllegalSentView {
  /** Null if the URL contains no report number. */
  number: string | null;
}

export function illegalSentView(text: string | undefined): IllegalSentView {
  return { number: REPORT_NUMBER.test(text ?? '') ? (text ?? null) : null };
}

import type { Translator } from '../../i18n/translator.js';
import type { CaseTier } from '../../triage/risk.js';

export const TIERS: readonly CaseTier[] = ['crisis', 'urgent', 'watch', 'unknown', 'none'];

/** Sources of the reasons for review; the queue can be filtered by them. */
export const SOURCES = [
  'reports',
  'concerns',
  'held',
  'first-posts',
  'triage',
  'appeals',
  'author',
  'unanswered',
  'rule',
  'staff',
] as const;

/** Reasons that have a label of their own, by source. */
export const LABELLED_REASONS: Readonly<Record<string, readonly string[]>> = {
  concern: ['danger-now', 'self-harm', 'abuse', 'child', 'other-worry', 'by-one-person', 'misused'],
  report: [
    'methods',
    'threats',
    'sexual',
    'personal-details',
    'bullying',
    'eating',
    'medication',
    'misinformation',
    'spam',
    'other',
    'illegal',
    'asked-again',
  ],
  hold: [
    'first-post',
    'pre-moderation',
    'detail',
    'crisis',
    'rule',
    'mail',
    'returned',
    'resubmitted',
    'late',
    'refused-mail',
  ],
  triage: ['screening-off', 'screening-failed', 'screening-late', 'language-not-screened'],
  rule: ['word-rule', 'links', 'repeated'],
  author: ['need-now', 'safe-for-now', 'edited', 'message'],
};

/** The message of each labelled reason, by `source.reason`. */
const MESSAGES = new Map<string, string>(
  Object.entries(LABELLED_REASONS).flatMap(([source, reasons]) =>
    reasons.map((reason) => [`${source}.${reason}`, `moderation.why.${source}.${reason}`] as const),
  ),
);

/**
 * The distinct labels of the reasons. A reason without a label of its own takes that of its source.
 */
export function reasonWords(
  i18n: Translator,
  reasons: { source: string; reason: string }[] | null,
): string[] {
  return reasonLabels(
    i18n,
    (reasons ?? []).map(({ source, reason }) => `${source}.${reason}`),
  );
}

/** Same as `reasonWords`. @param reasons as `source.reason` */
export function reasonLabels(i18n: Translator, reasons: readonly string[]): string[] {
  const labels = reasons.map((reason) =>
    i18n.t(MESSAGES.get(reason) ?? `moderation.source.${reason.split('.', 1)[0] ?? ''}`),
  );
  return labels.length < 2 ? labels : [...new Set(labels)];
}

/** A relative due time: "due in 20 minutes", "due 3 hours ago". */
export function dueWords(due: Date, now: Date, i18n: Translator): string {
  const minutes = Math.round((due.getTime() - now.getTime()) / 60_000);
  const [unit, length] = unitOf(Math.abs(minutes));
  const count = Math.round(Math.abs(minutes) / length);
  return i18n.t(`moderation.due.${minutes < 0 ? 'late' : 'in'}-${unit}`, { count });
}

/** The unit in which people would speak of so many minutes, and its length in minutes. */
function unitOf(minutes: number): [unit: string, length: number] {
  if (minutes < 60) return ['minutes', 1];
  return minutes < 48 * 60 ? ['hours', 60] : ['days', 24 * 60];
}

import type { Words } from '../kernel/words.js';
import type { CaseTier } from '../safety/risk.js';
import { SPARED, type QueueRow } from './queue.queries.js';

export const CASES_A_PAGE = 30;
export const TIERS: readonly CaseTier[] = ['crisis', 'urgent', 'watch', 'unknown', 'none'];
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

/** Where a page of the queue goes on: as of when, and the last row. */
export interface Cursor {
  /** Milliseconds. */
  asOf: number;
  lane: number;
  aim: string;
  id: string;
}

const FIRST_OPEN = { lane: -1, aim: '-9223372036854775808', id: '0' };
const FIRST_CLOSED = { lane: 0, aim: '9000000000000000', id: '9223372036854775807' };

export function readCursor(
  text: string | undefined,
  state: 'open' | 'closed',
  now: number,
): Cursor {
  const found = /^(\d{1,15})\.(\d)\.(-?\d{1,18})\.(\d{1,18})$/.exec(text ?? '');
  if (found === null) return { asOf: now, ...(state === 'open' ? FIRST_OPEN : FIRST_CLOSED) };
  const [, asOf = '', lane = '', aim = '', id = ''] = found;
  return { asOf: Math.min(Number(asOf), now), lane: Number(lane), aim, id };
}

export function cursorOf(row: QueueRow, asOf: number): string {
  return `${asOf}.${row.lane}.${row.aim}.${row.id}`;
}

/**
 * Reasons in words, each once; what a newer part of the site calls by a name unknown here is named
 * by where it came from.
 */
export function reasonWords(
  words: Words,
  reasons: { source: string; reason: string }[] | null,
): string[] {
  const said = (reasons ?? []).map(({ source, reason }) =>
    KNOWN.has(`${source}.${reason}`)
      ? words.t(`moderation.why.${source}.${reason}`)
      : words.t(`moderation.source.${source}`),
  );
  return [...new Set(said)];
}

const SAID: Readonly<Record<string, readonly string[]>> = {
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
  hold: ['first-post', 'pre-moderation', 'detail', 'crisis', 'rule', 'mail', 'returned', 'late'],
  triage: ['screening-off', 'screening-failed', 'screening-late', 'language-not-screened'],
  rule: ['word-rule', 'links', 'repeated'],
  author: ['need-now', 'safe-for-now', 'edited', 'message'],
};
const KNOWN = new Set(
  Object.entries(SAID).flatMap(([source, reasons]) =>
    reasons.map((reason) => `${source}.${reason}`),
  ),
);

export function caseRow(row: QueueRow, now: Date, words: Words): object {
  const place = row.communityName ?? words.t('moderation.queue.no-place');
  const why = reasonWords(words, row.reasons);
  const late = row.state === 'open' && row.dueAt.getTime() < now.getTime();
  return {
    href: `/mod/cases/${row.id}`,
    title: words.t('moderation.queue.case', { number: row.id }),
    tier: { key: row.tier, label: words.t(`moderation.tier.${row.tier}`) },
    what: words.t(
      `moderation.what.${row.kind === 'post' ? (row.number === 1 ? 'opening' : 'reply') : row.kind}`,
      { place },
    ),
    why: words.list(why),
    reports: row.reports === 0 ? null : words.t('moderation.queue.reports', { count: row.reports }),
    held: row.held === null ? null : words.t('moderation.queue.held'),
    age: words.t('moderation.queue.opened', { when: words.when(row.openedAt) }),
    due:
      row.state === 'closed'
        ? words.t('moderation.queue.closed', {
            when: words.when(row.closedAt ?? row.openedAt),
            outcome: words.t(`moderation.done.${row.outcome ?? 'dismiss'}`),
          })
        : dueWords(row.dueAt, now, words),
    late,
    spared: row.state === 'open' && row.lane >= SPARED,
    claim: row.mine
      ? words.t('moderation.queue.mine')
      : row.claimedHandle === null
        ? null
        : words.t('moderation.queue.taken', { handle: row.claimedHandle }),
  };
}

/** "due in 20 minutes", "due 3 hours ago". */
export function dueWords(due: Date, now: Date, words: Words): string {
  const minutes = Math.round((due.getTime() - now.getTime()) / 60_000);
  const count = Math.abs(minutes) < 90 ? Math.abs(minutes) : Math.round(Math.abs(minutes) / 60);
  const unit = Math.abs(minutes) < 90 ? 'minutes' : 'hours';
  return words.t(`moderation.due.${minutes < 0 ? 'late' : 'in'}-${unit}`, { count });
}

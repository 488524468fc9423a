import type { Translator } from '../../i18n/translator.js';
import { MUTED_BAND, type QueueRow } from './queue.queries.js';
import { reasonWords, dueWords } from '../core/case-labels.js';

export const CASES_A_PAGE = 30;
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

export function caseRow(row: QueueRow, now: Date, i18n: Translator): object {
  const place = row.communityName ?? i18n.t('moderation.queue.no-place');
  const why = reasonWords(i18n, row.reasons);
  const late = row.state === 'open' && row.dueAt.getTime() < now.getTime();
  return {
    href: `/mod/cases/${row.id}`,
    title: i18n.t('moderation.queue.case', { number: row.id }),
    tier: { key: row.tier, label: i18n.t(`moderation.tier.${row.tier}`) },
    what: i18n.t(
      `moderation.what.${row.kind === 'post' ? (row.number === 1 ? 'opening' : 'reply') : row.kind}`,
      { place },
    ),
    why: i18n.list(why),
    reports: row.reports === 0 ? null : i18n.t('moderation.queue.reports', { count: row.reports }),
    held: row.held === null ? null : i18n.t('moderation.queue.held'),
    age: i18n.t('moderation.queue.opened', { when: i18n.when(row.openedAt) }),
    due:
      row.state === 'closed'
        ? i18n.t('moderation.queue.closed', {
            when: i18n.when(row.closedAt ?? row.openedAt),
            outcome: i18n.t(`moderation.done.${row.outcome ?? 'dismiss'}`),
          })
        : dueWords(row.dueAt, now, i18n),
    late,
    spared: row.state === 'open' && row.lane >= MUTED_BAND,
    claim: row.mine
      ? i18n.t('moderation.queue.mine')
      : row.claimedHandle === null
        ? null
        : i18n.t('moderation.queue.taken', { handle: row.claimedHandle }),
  };
}

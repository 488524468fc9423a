import { DAY, HOUR, later, MINUTE } from '../kernel/clock.js';
import type { Translator } from '../i18n/translator.js';
import { statement } from '../kernel/sql.js';
import { isModeratedNow, moderatedFrom, type ModeratedHours } from './moderated-hours.js';
import type { CaseTier } from '../triage/risk.js';

export interface WaitRow {
  tier: CaseTier;
  count: number;
  /** Medians in minutes: until a moderator read the case, and until it was decided. */
  read: number;
  decided: number;
}

/** Maximum age of the cases that count. */
const RECENT = 30 * DAY;
/** Minimum number of cases for showing a time. */
const MIN_SAMPLES = 3;

/** Recent waiting times for each tier. */
export const recentWaits = statement<{ since: Date }, WaitRow>(
  'safety.waits',
  `select x.tier, count(*)::int as count,
          percentile_cont(0.5) within group (order by extract(epoch from coalesce(x.first_read_at,
            x.closed_at) - x.opened_at) / 60) as read,
          percentile_cont(0.5) within group (order by extract(epoch from x.closed_at
            - x.opened_at) / 60) as decided
   from (select tier, opened_at, first_read_at, closed_at
     from review_cases
     where state = 'closed' and closed_at > :since
     order by closed_at desc
     limit 400) x
   group by x.tier`,
);

export function waitsSince(now: Date): Date {
  return later(now, -RECENT);
}

export interface WaitingTimes {
  readonly rows: readonly WaitRow[];
  readonly tier: CaseTier;
  readonly until: 'read' | 'decided';
  readonly hours: ModeratedHours;
  readonly now: Date;
  /** A moderator has currently claimed it. */
  readonly claimed: boolean;
}

/** A sentence about the likely wait, from recent cases and the moderated hours. Never a promise. */
export function describeWait(i18n: Translator, facts: WaitingTimes): string {
  if (facts.claimed) return i18n.t('safety.wait.claimed');
  const moderated = moderatedFrom(facts.hours, facts.now);
  if (moderated === null)
    return [i18n.t('safety.wait.no-hours'), usualWait(i18n, facts)]
      .filter((part) => part !== '')
      .join(' ');
  if (!isModeratedNow(facts.hours, facts.now))
    return i18n.t('safety.wait.nobody', { time: i18n.by(moderated) });
  const typical = usualWait(i18n, facts);
  return typical === '' ? i18n.t('safety.wait.there') : typical;
}

function usualWait(i18n: Translator, { rows, tier, until }: WaitingTimes): string {
  const row = rows.find((one) => one.tier === tier);
  if (row === undefined || row.count < MIN_SAMPLES) return '';
  return i18n.t(`safety.wait.usual.${until}`, {
    time: approximateDuration(i18n, row[until] * MINUTE),
  });
}

/**
 * An approximate duration in words, rounded up so that an answer rarely takes longer than stated.
 */
export function approximateDuration(i18n: Translator, milliseconds: number): string {
  const minutes = Math.max(5, Math.ceil(milliseconds / MINUTE / 5) * 5);
  if (minutes <= 60) return i18n.t('safety.wait.minutes', { count: minutes });
  const hours = Math.ceil(milliseconds / HOUR);
  return hours <= 36
    ? i18n.t('safety.wait.hours', { count: hours })
    : i18n.t('safety.wait.days', { count: Math.ceil(hours / 24) });
}

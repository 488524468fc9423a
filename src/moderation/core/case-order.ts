import { HOUR } from '../../kernel/clock.js';
import type { CaseTier } from '../../triage/risk.js';

/** The fields that determine a case's place in the queue. */
export interface Waiting {
  readonly id: number;
  readonly tier: CaseTier;
  /** A report or the author says that somebody may be in danger now. */
  readonly danger: boolean;
  /** Milliseconds since the epoch. */
  readonly openedAt: number;
  readonly dueAt: number;
  /** It was reported by somebody whose earlier reports were mostly upheld. */
  readonly trusted: boolean;
}

/**
 * Once a watch or unknown case has used this fraction of its time, it joins the urgent ones,
 * ordered by due time. In the one live trial of such an order (ReachOut, Milne and others 2019),
 * answers to the middle tier dropped because more severe cases kept arriving.
 */
export const AGING_THRESHOLD = 0.5;

/**
 * Fraction of the allowed time in which a case should be read. The middle tiers aim well below 1,
 * so that a late evening does not miss the deadline.
 */
const AIM: Record<CaseTier, number> = { crisis: 1, urgent: 1, watch: 0.7, unknown: 0.7, none: 0.9 };

/** Fraction by which a trusted reporter's case is brought forward. */
const TRUST = 0.1;

/**
 * A reporter is trusted after this many answered reports, if this share of them was upheld; only
 * the newest reports count.
 */
export const TRUSTED_RECORD = { reports: 3, share: 0.7, remembered: 50 } as const;

/**
 * 0 crisis and danger now, 1 urgent, 2 watch and unknown, 3 none. A watch or unknown case moves up
 * one band as it ages; a routine case never joins the urgent ones.
 * @param now milliseconds since the epoch
 */
export function priorityBand(one: Waiting, now: number): number {
  if (one.tier === 'crisis' || one.danger) return 0;
  if (one.tier === 'urgent') return 1;
  const aged = now - one.openedAt >= AGING_THRESHOLD * (one.dueAt - one.openedAt);
  return (one.tier === 'none' ? 3 : 2) - Number(aged);
}

/** The time by which the case should be read, in milliseconds since the epoch. */
export function dueRank(one: Waiting): number {
  return (
    one.openedAt +
    (one.dueAt - one.openedAt) * ((one.danger ? 1 : AIM[one.tier]) - (one.trusted ? TRUST : 0))
  );
}

/** Comparator for two cases: by priority band, then due rank, then id. */
export function compareCases(a: Waiting, b: Waiting, now: number): number {
  return priorityBand(a, now) - priorityBand(b, now) || dueRank(a) - dueRank(b) || a.id - b.id;
}

const PARTS = Object.entries(AIM)
  .map(([tier, part]) => `when '${tier}' then ${part}::float8`)
  .join(' ');

/** Reasons that indicate immediate danger, as pairs of source and reason. */
export const DANGER = `('concern', 'danger-now'), ('author', 'need-now')`;

/**
 * SQL condition: whether somebody reported immediate danger, regardless of the tier.
 * @param c alias of `review_cases`
 */
export function dangerSql(c: string): string {
  return `exists (
    select 1 from case_reasons dr
    where dr.case_id = ${c}.id and (dr.source, dr.reason) in (${DANGER}))`;
}

/**
 * Times of case `rc` in seconds since the epoch, for `priorityBandSql` and `dueRankSql`. They count
 * in floating point, which takes a tenth of the time of numeric and interval arithmetic.
 */
export const EPOCHS = `date_part('epoch', rc.opened_at) as opened,
  date_part('epoch', rc.due_at) as due`;

/**
 * `priorityBand` in SQL.
 * @param c alias of a row with the tier and `EPOCHS` of a case
 * @param danger a boolean expression @param now parameter with the time in seconds since the epoch
 */
export function priorityBandSql(c: string, danger: string, now: string): string {
  return `(case when ${c}.tier = 'crisis' or ${danger} then 0 when ${c}.tier = 'urgent' then 1
    else (case
      when ${c}.tier = 'none' then 3
      else 2 end) - (${now}::float8 - ${c}.opened
        >= ${AGING_THRESHOLD}::float8 * (${c}.due - ${c}.opened))::int end)`;
}

/**
 * `dueRank` in SQL, as whole microseconds since the epoch, exact until 2255.
 * @param c alias as above @param danger and trusted boolean expressions
 */
export function dueRankSql(c: string, danger: string, trusted: string): string {
  const part = `(case when ${danger} then 1::float8 else case ${c}.tier ${PARTS} end end
    - case when ${trusted} then ${TRUST}::float8 else 0 end)`;
  return `((${c}.opened + (${c}.due - ${c}.opened) * ${part}) * 1000000)::bigint`;
}

/**
 * SQL condition: whether the case was reported by somebody whose earlier reports were mostly
 * upheld.
 * @param c alias of `review_cases`
 * @param now parameter with the time; reports of the year before it count
 */
export function isTrustedReporterSql(c: string, now: string): string {
  return `exists (select 1 from reports r where r.case_id = ${c}.id and (
    select count(*) >= ${TRUSTED_RECORD.reports}
      and avg(case when o.outcome = 'acted' then 1 else 0 end) >= ${TRUSTED_RECORD.share}
    from (select x.outcome
      from reports x
      where x.reporter_id = r.reporter_id and x.answered_at > ${now} - interval '365 days'
      order by x.created_at desc
      limit ${TRUSTED_RECORD.remembered}) o))`;
}

/** How long a claim is valid, in milliseconds. */
export const CLAIM_LEASE = HOUR / 4;

import { HOUR } from '../../kernel/clock.js';
import type { CaseTier } from '../../triage/risk.js';

/** What the order of the queue depends on. */
export interface Waiting {
  readonly id: number;
  readonly tier: CaseTier;
  /** Somebody may be in danger now, as a report or the author says. */
  readonly danger: boolean;
  /** Milliseconds since the epoch. */
  readonly openedAt: number;
  readonly dueAt: number;
  /** Somebody reported it whose earlier reports mostly led to something. */
  readonly trusted: boolean;
}

/**
 * A watch or unknown case that has used this part of its time is read among the urgent ones, by its
 * due time. In the one live trial of such an order (ReachOut, Milne and others 2019) answers
 * to the middle tier fell, because something redder always came in.
 */
export const AGED = 0.5;

/**
 * The middle tiers are meant to be read well before they are due, so that a late evening does not
 * break the promise.
 */
const AIM: Record<CaseTier, number> = { crisis: 1, urgent: 1, watch: 0.7, unknown: 0.7, none: 0.9 };

/** A trusted reporter's case is read as if it were due a little earlier. */
const TRUST = 0.1;

/**
 * A reporter is trusted from this number of answered reports and this share of them that led to
 * something; only the newest reports count.
 */
export const RECORD = { reports: 3, share: 0.7, remembered: 50 } as const;

/**
 * 0 crisis and danger now, 1 urgent, 2 watch and unknown, 3 none. A case that has aged moves up one
 * band, so that a routine case is never read beside the urgent ones.
 * @param now milliseconds since the epoch
 */
export function priorityBand(one: Waiting, now: number): number {
  if (one.tier === 'crisis' || one.danger) return 0;
  if (one.tier === 'urgent') return 1;
  const aged = now - one.openedAt >= AGED * (one.dueAt - one.openedAt);
  return (one.tier === 'none' ? 3 : 2) - Number(aged);
}

/** When the case should be read, in milliseconds since the epoch. */
export function dueRank(one: Waiting): number {
  return (
    one.openedAt +
    (one.dueAt - one.openedAt) * ((one.danger ? 1 : AIM[one.tier]) - (one.trusted ? TRUST : 0))
  );
}

/** Compares two cases: by priority band, then by due rank, then by number. */
export function inOrder(a: Waiting, b: Waiting, now: number): number {
  return priorityBand(a, now) - priorityBand(b, now) || dueRank(a) - dueRank(b) || a.id - b.id;
}

const PARTS = Object.entries(AIM)
  .map(([tier, part]) => `when '${tier}' then ${part}`)
  .join(' ');

/** Reasons that say so, as pairs of source and reason. */
export const DANGER = `('concern', 'danger-now'), ('author', 'need-now')`;

/**
 * Whether somebody said that a person is in danger now, whatever tier the case has.
 * @param c alias of `review_cases`
 */
export function dangerSql(c: string): string {
  return `exists (
    select 1 from case_reasons dr
    where dr.case_id = ${c}.id and (dr.source, dr.reason) in (${DANGER}))`;
}

/** `priorityBand` in SQL. @param c alias of `review_cases` @param now parameter with the time */
export function priorityBandSql(c: string, now: string): string {
  return `(case when ${c}.tier = 'crisis' or ${dangerSql(c)} then 0 when ${c}.tier = 'urgent' then 1
    else (case
      when ${c}.tier = 'none' then 3
      else 2 end) - (${now} - ${c}.opened_at >= ${AGED} * (${c}.due_at - ${c}.opened_at))::int end)`;
}

/** `dueRank` in SQL, as whole microseconds since the epoch. @param trusted a boolean expression */
export function dueRankSql(c: string, trusted: string): string {
  const part = `(case when ${dangerSql(c)} then 1 else case ${c}.tier ${PARTS} end end
    - case when ${trusted} then ${TRUST} else 0 end)`;
  const moment = `${c}.opened_at + (${c}.due_at - ${c}.opened_at) * ${part}`;
  return `(extract(epoch from ${moment}) * 1000000)::bigint`;
}

/**
 * Whether somebody reported the case whose earlier reports mostly led to something.
 * @param c alias of `review_cases`
 * @param now parameter with the time: the reports of the year before it count
 */
export function trustedSql(c: string, now: string): string {
  return `exists (select 1 from reports r where r.case_id = ${c}.id and (
    select count(*) >= ${RECORD.reports}
      and avg(case when o.outcome = 'acted' then 1 else 0 end) >= ${RECORD.share}
    from (select x.outcome
      from reports x
      where x.reporter_id = r.reporter_id and x.answered_at > ${now} - interval '365 days'
      order by x.created_at desc
      limit ${RECORD.remembered}) o))`;
}

/** Milliseconds after which a claim ends by itself. */
export const LEASE = HOUR / 4;

import { secondFactorSuffices } from '../../content/visibility.js';
import { statement } from '../../kernel/sql.js';
import type { CaseTier } from '../../triage/risk.js';
import {
  ESCALATION_POLICY,
  OVERDUE_ESCALATION_DELAY,
  UNCLAIMED_AFTER,
  type EscalationChain,
  type Person,
  type EscalationStep,
} from './escalation-policy.js';
import { DANGER, dangerSql } from '../core/case-order.js';
import { mutedTopicSql } from '../core/wellbeing.queries.js';

export interface UnattendedRow {
  id: string;
  tier: CaseTier;
  chain: EscalationChain;
  dueAt: Date;
  raisedAt: Date;
  /** The start of the current chain; earlier calls do not count. */
  since: Date;
  handedOn: boolean;
  communityId: string | null;
  /**
   * Members who must not be called: the author, the member concerned, those who took the appealed
   * decision, and those who requested a second person.
   */
  not: string[];
  calls: { step: EscalationStep; round: number; member: string | null; at: string }[] | null;
}

/**
 * SQL condition: an open case without a current claim or a pending proposal.
 * @param c alias of `review_cases`
 */
export function isUnclaimedSql(c: string, now: string): string {
  return `(${c}.state = 'open' and (${c}.claimed_until is null or ${c}.claimed_until <= ${now})
    and not exists (select 1 from proposals q where q.case_id = ${c}.id and q.settled_at is null))`;
}

/** Requests that wait for a second person, as rows of `case_id`, `asked_at`, `asked_by`. */
function asksSql(now: string): string {
  return `(select q.case_id, q.created_at as asked_at, q.asked_by
     from proposals q
     join review_cases qc on qc.id = q.case_id and qc.state = 'open'
     where q.settled_at is null
     union all
     select u.case_id, u.created_at, u.asked_by from unmaskings u where u.settled_at is null
     union all
     select e.case_id, e.created_at, e.recorded_by from escalations e where e.second_id is null
     union all
     select f.case_id, f.due_at, d.actor_id
     from follow_ups f
     join decisions d on d.id = f.decision_id
     where f.done_at is null and f.due_at <= ${now})`;
}

/** SQL condition: whether the reason for alarm `a` of case `c` still holds. */
function stillWaits(a: string, c: string, now: string): string {
  return `case when ${a}.chain = 'second-person'
    then exists (select 1 from ${asksSql(now)} w where w.case_id = ${c}.id)
    else ${isUnclaimedSql(c, now)} end`;
}

const seconds = (milliseconds: number): string => `interval '${milliseconds / 1000} seconds'`;

const shortest = (waits: readonly number[]): number => Math.min(...waits);

/** The shortest interval between two calls of any chain, before which no case is loaded again. */
const SOONEST = Object.entries(ESCALATION_POLICY)
  .map(
    ([chain, { steps, again }]) =>
      `when '${chain}' then ${seconds(shortest([...steps.slice(1).map(([, wait]) => wait), ...again]))}`,
  )
  .join(' ');

const OF_RUN = `a.case_id = rc.id and a.chain = run.chain and a.since = run.since`;

const CALLS = `(select json_agg(json_build_object(
    'step', a.step, 'round', a.round, 'member', a.member_id::text, 'at', a.raised_at
  )) from case_alarms a where ${OF_RUN})`;

const LAST = `lateral (
  select max(a.raised_at) as at from case_alarms a where ${OF_RUN}
) last`;

// A chain restarts when the case is escalated or somebody reports immediate danger.
const RUN = `lateral (
  select case
           when rc.tier = 'crisis' or ${dangerSql('rc')} then 'crisis'
           when rc.tier = 'urgent' then 'urgent'
           when rc.tier <> 'none' then 'middle'
         end as chain,
         date_trunc('milliseconds', coalesce(max(r.created_at) filter (
           where (r.source, r.reason) in (('staff', 'escalated'), ${DANGER})
         ), 'epoch')) as since,
         bool_or((r.source, r.reason) = ('staff', 'escalated')) is true as handed_on,
         greatest(rc.opened_at, max(r.created_at)) as raised_at
  from case_reasons r where r.case_id = rc.id
) run`;

const CONCERNED = `array[p.author_id, rc.member_id, od.member_id, od.actor_id, od.second_id,
  (select os.member_id from coping_strategies os where os.id = rc.strategy_id)]`;

const JOINS = `left join decisions od on od.id = rc.decision_id
   left join posts p on p.id = coalesce(rc.post_id, od.post_id)
   left join threads t on t.id = p.thread_id`;

export const unattendedCases = statement<
  { now: Date; caseId: string | null; limit: number },
  UnattendedRow
>(
  'moderation.unclaimed',
  `select rc.id, rc.tier, run.chain, rc.due_at as "dueAt", run.raised_at as "raisedAt",
          run.since, run.handed_on as "handedOn",
          coalesce(rc.community_id, t.community_id) as "communityId",
          array_remove(${CONCERNED}, null)::text[] as not,
          ${CALLS} as calls
   from review_cases rc
   ${JOINS}
   cross join ${RUN}
   cross join ${LAST}
   where (:caseId::bigint is null or rc.id = :caseId) and ${isUnclaimedSql('rc', ':now')}
     and case
       when last.at is not null then last.at <= :now - case run.chain ${SOONEST} end
       when run.chain = 'middle' then rc.due_at <= :now
       when run.chain = 'urgent'
         then run.handed_on or rc.opened_at <= :now - ${seconds(UNCLAIMED_AFTER)}
       else run.chain = 'crisis' end
     and (run.chain = 'crisis' or run.handed_on or last.at is not null
       or rc.due_at <= :now - ${seconds(OVERDUE_ESCALATION_DELAY)}
       or exists (select 1 from shifts s where s.starts_at <= :now and s.ends_at > :now))
   order by run.chain = 'crisis' desc, last.at nulls first,
            run.chain = 'urgent' desc, rc.due_at, rc.id
   limit :limit`,
  'pooled',
);

export const waitingForSecond = statement<
  { now: Date; caseId: string | null; limit: number },
  UnattendedRow
>(
  'moderation.waiting-for-second',
  `select rc.id, rc.tier, run.chain, run.since as "dueAt", run.since as "raisedAt",
          run.since, false as "handedOn",
          coalesce(rc.community_id, t.community_id) as "communityId",
          array_remove(${CONCERNED} || run.askers, null)::text[] as not,
          ${CALLS} as calls
   from (
     select w.case_id, 'second-person' as chain, array_agg(w.asked_by) as askers,
            date_trunc('milliseconds', max(w.asked_at)) as since
     from ${asksSql(':now')} w
     where :caseId::bigint is null or w.case_id = :caseId
     group by w.case_id
   ) run
   join review_cases rc on rc.id = run.case_id
   ${JOINS}
   cross join ${LAST}
   where last.at is null or last.at <= :now - case run.chain ${SOONEST} end
   order by last.at nulls first, run.since, rc.id
   limit :limit`,
  'pooled',
);

/** Everybody who may be called to a case, with their current duty. */
export const candidateResponders = statement<
  { now: Date; communityId: string | null; notThese: readonly string[]; rowId: string },
  Person
>(
  'moderation.callable',
  `select m.id, m.role <> 'member' as staff, m.role = 'admin' as admin,
          (select s.duty from shifts s
           where s.member_id = m.id and s.starts_at <= :now and s.ends_at > :now
           order by s.duty = 'primary' desc, s.duty limit 1) as duty,
          (exists (select 1 from case_passes x where x.case_id = :rowId and x.member_id = m.id)
           or exists (select 1 from decisions e
                      where e.case_id = :rowId and e.action = 'escalate' and e.actor_id = m.id)
           or ${mutedTopicSql('m.id', 'rc', 'p')}
           or ${secondFactorSuffices('m')} is not true) as spared
   from members m
   join review_cases rc on rc.id = :rowId
   left join posts p on p.id = rc.post_id
   where m.closed_at is null
     and (m.suspended_until is null or m.suspended_until <= :now)
     and m.id <> all(:notThese::bigint[])
     and (m.role <> 'member' or exists (
       select 1 from memberships s
       where s.community_id = :communityId
         and s.member_id = m.id
         and s.role = 'moderator'
         and s.state = 'active'))
   order by m.id`,
);

export interface AlertRecipientRow {
  memberId: string;
  email: string | null;
  locale: string | null;
  /** Number of cases in the same call that are still waiting. */
  count: number;
  /** One of them is a crisis. */
  crisis: boolean;
}

/** The recipient of an alarm email; no row if they turned these emails off. */
export const alarmRecipient = statement<{ alarmId: string; now: Date }, AlertRecipientRow>(
  'moderation.alarm-recipient',
  `select m.id as "memberId", m.email::text, m.locale, w.count, w.crisis
   from case_alarms a
   join members m on m.id = a.member_id
   left join alarm_settings s on s.member_id = m.id
   cross join lateral (
     select count(distinct o.case_id)::int as count, bool_or(o.chain = 'crisis') is true as crisis
     from case_alarms o join review_cases rc on rc.id = o.case_id
     where o.member_id = a.member_id and o.raised_at = a.raised_at
       and ${stillWaits('o', 'rc', ':now')}
   ) w
   where a.id = :alarmId and m.closed_at is null and m.email_verified_at is not null
     and m.mail_safe is distinct from 'no' and coalesce(s.mail, true)`,
);

export interface CallRow {
  at: Date;
  tier: CaseTier;
  count: number;
}

/** A concern about immediate danger is called as a crisis. */
const calledTier = (a: string, c: string): string =>
  `case when ${a}.chain = 'crisis' then 'crisis' else ${c}.tier end`;

/** The payload of the call to the operator's webhook. */
export const alertPayload = statement<{ alarmId: string; now: Date }, CallRow>(
  'moderation.called-for',
  `select a.raised_at as at, ${calledTier('a', 'rc')} as tier,
          (select count(distinct o.case_id)::int
           from case_alarms o
           join review_cases oc on oc.id = o.case_id
           where o.member_id is null and o.raised_at = a.raised_at
             and ${calledTier('o', 'oc')} = ${calledTier('a', 'rc')}
             and ${stillWaits('o', 'oc', ':now')}) as count
   from case_alarms a
   join review_cases rc on rc.id = a.case_id
   where a.id = :alarmId and a.member_id is null`,
);

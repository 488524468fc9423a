import { statement } from '../kernel/sql.js';
import type { CaseTier } from '../safety/risk.js';
import { sparedSql } from './own-care.queries.js';
import type { Person, Step } from './alarm-chain.js';

export interface UnattendedRow {
  id: string;
  tier: CaseTier;
  danger: boolean;
  dueAt: Date;
  raisedAt: Date;
  communityId: string | null;
  /** Whom it is about, who wrote it, who decided what is appealed: they are not called about it. */
  not: string[];
  alarms: { step: Step; member: string | null; at: string }[] | null;
}

/** Nobody has it in hand, and nothing in it waits for a second person. @param c alias of `review_cases` */
export function unattended(c: string, now: string): string {
  return `(${c}.state = 'open' and (${c}.claimed_until is null or ${c}.claimed_until <= ${now}) and not exists (select 1 from proposals q where q.case_id = ${c}.id and q.settled_at is null))`;
}

// Only what the first of its steps, or a later one, may be due for: a long queue of what has been called for costs nothing each minute.
const WAITS = `case
  when rc.tier = 'crisis' or danger.yes then not exists (select 1 from case_alarms a where a.case_id = rc.id and a.step = 'lead')
  when rc.tier = 'urgent' then not exists (select 1 from case_alarms a where a.case_id = rc.id and a.step = 'unclaimed')
  else rc.tier <> 'none' and rc.due_at <= $1 and not exists (select 1 from case_alarms a where a.case_id = rc.id and a.step = 'due') end`;

/** $1 now, $2 one case or null for all, $3 how many */
export const unattendedCases = statement<UnattendedRow>(
  'moderation.unattended',
  `select rc.id, rc.tier, danger.yes as danger, rc.due_at as "dueAt", greatest(rc.opened_at, (select max(r.created_at) from case_reasons r where r.case_id = rc.id)) as "raisedAt",
          coalesce(rc.community_id, t.community_id) as "communityId", array_remove(array[p.author_id, rc.member_id, od.member_id, od.actor_id], null)::text[] as not,
          (select json_agg(json_build_object('step', a.step, 'member', a.member_id::text, 'at', a.raised_at)) from case_alarms a where a.case_id = rc.id) as alarms
   from review_cases rc left join decisions od on od.id = rc.decision_id left join posts p on p.id = coalesce(rc.post_id, od.post_id) left join threads t on t.id = p.thread_id
   cross join lateral (select exists (select 1 from case_reasons r where r.case_id = rc.id and (r.source, r.reason) in (('concern', 'danger-now'), ('author', 'need-now'))) as yes) danger
   where ($2::bigint is null or rc.id = $2) and ${unattended('rc', '$1')} and (${WAITS})
   order by (rc.tier = 'crisis' or danger.yes) desc, rc.tier = 'urgent' desc, rc.due_at, rc.id limit $3`,
  'alone',
);

/** Who may be called about a case, and what they are doing now. $1 now, $2 community or null, $3 not these, $4 case */
export const callable = statement<Person>(
  'moderation.callable',
  `select m.id, m.role <> 'member' as staff,
          (select s.duty from shifts s where s.member_id = m.id and s.starts_at <= $1 and s.ends_at > $1 order by s.duty = 'primary' desc, s.duty limit 1) as duty,
          (exists (select 1 from case_passes x where x.case_id = $4 and x.member_id = m.id) or ${sparedSql('m.id', 'rc', 'p')}) as spared
   from members m join review_cases rc on rc.id = $4 left join posts p on p.id = rc.post_id where m.closed_at is null and (m.suspended_until is null or m.suspended_until <= $1) and m.id <> all($3::bigint[])
     and (m.role <> 'member' or exists (select 1 from memberships s where s.community_id = $2 and s.member_id = m.id and s.role = 'moderator' and s.state = 'active'))
   order by m.id`,
);

export interface AlarmedRow {
  memberId: string;
  email: string | null;
  locale: string | null;
  /** Cases of the same call that still wait for somebody. */
  count: number;
}

/** Whom a call goes to by mail, where they wish so. $1 alarm, $2 now */
export const alarmed = statement<AlarmedRow>(
  'moderation.alarmed',
  `select m.id as "memberId", m.email::text, m.locale, (select count(distinct o.case_id)::int from case_alarms o join review_cases rc on rc.id = o.case_id where o.member_id = a.member_id and o.raised_at = a.raised_at and ${unattended('rc', '$2')}) as count
   from case_alarms a join members m on m.id = a.member_id left join alarm_settings s on s.member_id = m.id
   where a.id = $1 and m.closed_at is null and m.email_verified_at is not null and m.mail_safe is distinct from 'no' and coalesce(s.mail, true)`,
);

export interface CallRow {
  at: Date;
  tier: CaseTier;
  count: number;
}

/** What the call to the operator's own address says. $1 alarm, $2 now */
export const calledFor = statement<CallRow>(
  'moderation.called-for',
  `select a.raised_at as at, rc.tier, (select count(*)::int from case_alarms o join review_cases oc on oc.id = o.case_id where o.member_id is null and o.raised_at = a.raised_at and oc.tier = rc.tier and ${unattended('oc', '$2')}) as count
   from case_alarms a join review_cases rc on rc.id = a.case_id where a.id = $1 and a.member_id is null`,
);

import { statement } from '../../kernel/sql.js';
import type { CaseTier } from '../../triage/risk.js';
import { CASE_JOINS, inScope } from '../core/case-access.js';
import { mutedTopicSql } from '../core/wellbeing.queries.js';
import { dueRankSql, priorityBandSql, trustedSql } from '../core/case-order.js';

export interface QueueRow {
  id: string;
  kind: string;
  tier: CaseTier;
  state: string;
  openedAt: Date;
  dueAt: Date;
  closedAt: Date | null;
  claimedHandle: string | null;
  mine: boolean;
  slug: string | null;
  communityName: string | null;
  number: number | null;
  held: string | null;
  reasons: { source: string; reason: string }[] | null;
  reports: number;
  outcome: string | null;
  /** Only of open cases: where the next page goes on. */
  lane: number;
  aim: string;
}

const COLUMNS = `
  rc.id, rc.kind, rc.tier, rc.state, rc.opened_at as "openedAt", rc.due_at as "dueAt",
    rc.closed_at as "closedAt", rc.outcome, c.slug, c.name as "communityName", p.number,
  case
    when p.status = 'held' then coalesce(p.held_for, 'held') end as held, case
    when rc.claimed_until > $3 then w.handle::text end as "claimedHandle",
      coalesce(rc.claimed_by = $1 and rc.claimed_until > $3, false) as mine,
  (select json_agg(json_build_object('source', r.source, 'reason', r.reason) order by r.id)
    from case_reasons r
    where r.case_id = rc.id) as reasons,
  (select count(*)::int from reports r where r.case_id = rc.id) as reports`;

/**
 * $1 viewer, $2 staff, $3 now, $4 tier or null, $5 kind of reason or null, $6 community or null, $7
 * only mine, $8 only overdue
 */
const FILTERS = `${inScope('$1', '$2')} and ($4::text is null or rc.tier = $4)
  and ($5::text is null
    or case $5
      when 'appeals' then rc.kind = 'appeal'
      when 'held' then p.status = 'held'
      when 'first-posts' then p.status = 'held'
    and p.held_for = 'first-post'
       when 'reports' then exists (select 1
         from case_reasons r
         where r.case_id = rc.id and r.source = 'report')
       when 'concerns' then exists (select 1
         from case_reasons r
         where r.case_id = rc.id and r.source = 'concern')
       else exists (select 1 from case_reasons r where r.case_id = rc.id and r.source = $5) end)
  and ($6::text is null or c.slug = $6)
    and (not $7 or (rc.claimed_by = $1 and rc.claimed_until > $3))
    and (not $8 or rc.due_at < $3)`;

/** What somebody asked to be spared stands behind all lanes, in the same order. */
export const MUTED_BAND = 5;

// First which rows, then what they show: a long past costs nothing. The plan hangs on the filters,
// so these travel alone.
const JOINED = `${CASE_JOINS} left join members w on w.id = rc.claimed_by`;

/**
 * The open cases in the order in which they are read, as of one moment, so that pages fit together.
 * $9 lane, $10 aim, $11 id of the last row, $12 how many
 */
export const openCases = statement<QueueRow>(
  'moderation.open-cases',
  `with q as materialized (
     select * from (
       select rc.id, ${priorityBandSql('rc', '$3::timestamptz')} + case
         when ${mutedTopicSql('$1', 'rc', 'p')} then ${MUTED_BAND}
         else 0 end as lane, ${dueRankSql('rc', trustedSql('rc', '$3::timestamptz'))} as aim
       from review_cases rc ${CASE_JOINS}
       where rc.state = 'open'
         and ${FILTERS}
         and not exists (select 1 from case_passes x where x.case_id = rc.id and x.member_id = $1)
     ) ranked
       where (lane, aim, id) > ($9::int, $10::bigint, $11::bigint)
       order by lane, aim, id
       limit $12
   )
   select ${COLUMNS}, q.lane, q.aim
   from q
   join review_cases rc on rc.id = q.id ${JOINED}
   order by q.lane, q.aim, q.id`,
  'alone',
);

/**
 * Newest first. $9 unused, $10 closed before, as microseconds, $11 id of the last row, $12 how many
 */
export const closedCases = statement<QueueRow>(
  'moderation.closed-cases',
  `with q as materialized (
     select rc.id, rc.closed_at from review_cases rc ${CASE_JOINS}
     where rc.state = 'closed'
       and ${FILTERS}
       and rc.closed_at <= timestamptz 'epoch' + $10::bigint * interval '1 microsecond'
       and (rc.closed_at, rc.id) < (timestamptz 'epoch' + $10::bigint * interval '1 microsecond',
         $11::bigint)
     order by rc.closed_at desc, rc.id desc limit $12
   )
   select ${COLUMNS}, $9::int as lane,
     (extract(epoch from q.closed_at) * 1000000)::bigint::text as aim
   from q join review_cases rc on rc.id = q.id ${JOINED} order by q.closed_at desc, q.id desc`,
  'alone',
);

export interface QueueFacts {
  open: number;
  crisis: number;
  urgent: number;
  watch: number;
  unknown: number;
  none: number;
  overdue: number;
  mine: number;
  passed: number;
  /** Waiting for a second person, and not asked for by the viewer. */
  seconds: { caseId: string; due: string | null; what: string }[] | null;
  communities: { slug: string; name: string }[] | null;
}

/** What stands above the list, in one row. $1 viewer, $2 staff, $3 now */
export const queueFacts = statement<QueueFacts>(
  'moderation.queue-facts',
  `with seen as (
     select rc.id, rc.tier, rc.due_at, rc.claimed_by, rc.claimed_until, rc.state, c.slug, c.name,
       coalesce($1 in (od.actor_id, od.second_id), false) as involved
     from review_cases rc ${CASE_JOINS}
     where rc.id in (select id
       from review_cases
       where state = 'open'
       union
       select case_id
       from follow_ups
       where done_at is null
       union select case_id from unmaskings where settled_at is null
       union select case_id from escalations where second_id is null) and ${inScope('$1', '$2')}
   ), here as (select * from seen where state = 'open')
   select (select count(*)::int from here) as open,
     (select count(*)::int from here where tier = 'crisis') as crisis,
     (select count(*)::int from here where tier = 'urgent') as urgent,
          (select count(*)::int from here where tier = 'watch') as watch,
            (select count(*)::int from here where tier = 'unknown') as unknown,
            (select count(*)::int from here where tier = 'none') as none,
          (select count(*)::int from here where due_at < $3) as overdue,
            (select count(*)::int from here where claimed_by = $1 and claimed_until > $3) as mine,
          (select count(*)::int
            from here
            join case_passes x on x.case_id = here.id and x.member_id = $1) as passed,
          (select json_agg(s order by s.due nulls first) from (
             select f.case_id::text as "caseId", f.due_at as due, 'look' as what
             from follow_ups f
             join seen on seen.id = f.case_id
             join decisions d on d.id = f.decision_id
             where f.done_at is null and d.actor_id is distinct from $1
             union all
             select q.case_id::text, null, 'proposal'
             from proposals q
             join here on here.id = q.case_id
             where q.settled_at is null and q.asked_by <> $1 and not here.involved
             union all
             select u.case_id::text, null, 'unmask' from unmaskings u
             join seen on seen.id = u.case_id
             where u.settled_at is null and u.asked_by <> $1
             union all
             select distinct e.case_id::text, null::timestamptz, 'record' from escalations e
             join seen on seen.id = e.case_id
             where e.second_id is null and e.recorded_by is distinct from $1
           ) s) as seconds,
          (select json_agg(json_build_object('slug', k.slug, 'name', k.name) order by k.name)
            from (select distinct slug, name from here where slug is not null) k) as communities`,
);

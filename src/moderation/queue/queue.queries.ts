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
  /** The place in the order, which a cursor names: priority band, then rank within it. */
  band: number;
  rank: string;
}

export interface QueueQuery {
  viewerId: string;
  isStaff: boolean;
  /** One moment for all pages, so that none repeats or skips a case. */
  now: Date;
  tier: string | null;
  /** Where a reason came from. */
  source: string | null;
  community: string | null;
  mine: boolean;
  overdue: boolean;
  /** Where the page before ended: priority band, rank within it, id. */
  band: number;
  rank: string;
  id: string;
  limit: number;
}

const COLUMNS = `
  rc.id, rc.kind, rc.tier, rc.state, rc.opened_at as "openedAt", rc.due_at as "dueAt",
    rc.closed_at as "closedAt", rc.outcome, c.slug, c.name as "communityName", p.number,
  case
    when p.status = 'held' then coalesce(p.held_for, 'held') end as held, case
    when rc.claimed_until > :now then w.handle::text end as "claimedHandle",
      coalesce(rc.claimed_by = :viewerId and rc.claimed_until > :now, false) as mine,
  (select json_agg(json_build_object('source', r.source, 'reason', r.reason) order by r.id)
    from case_reasons r
    where r.case_id = rc.id) as reasons,
  (select count(*)::int from reports r where r.case_id = rc.id) as reports`;

/** What the queue can be narrowed to; null for everything. */
const FILTERS = `${inScope(':viewerId', ':isStaff')} and (:tier::text is null or rc.tier = :tier)
  and (:source::text is null
    or case :source
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
       else exists (select 1
         from case_reasons r
         where r.case_id = rc.id and r.source = :source) end)
  and (:community::text is null or c.slug = :community)
    and (not :mine or (rc.claimed_by = :viewerId and rc.claimed_until > :now))
    and (not :overdue or rc.due_at < :now)`;

/** Cases on a topic that the viewer muted come after all other bands, in the same order. */
export const MUTED_BAND = 5;

// Rows are chosen first and their columns read afterwards, so that a long history costs nothing.
// The best plan depends on the filters: the statements are therefore not pipelined with others.
const JOINED = `${CASE_JOINS} left join members w on w.id = rc.claimed_by`;

/** Open cases of the viewer's queue: their place in the order. `where` can go on behind it. */
const RANKED = `
  select rc.id, ${priorityBandSql('rc', ':now::timestamptz')} + case
      when ${mutedTopicSql(':viewerId', 'rc', 'p')} then ${MUTED_BAND}
      else 0 end as band,
    ${dueRankSql('rc', trustedSql('rc', ':now::timestamptz'))} as rank
  from review_cases rc ${CASE_JOINS}
  where rc.state = 'open'
    and ${FILTERS}
    and not exists (select 1
      from case_passes x
      where x.case_id = rc.id and x.member_id = :viewerId)
`;

/** The open cases in the order in which they are read, as of one moment. */
export const openCases = statement<QueueQuery, QueueRow>(
  'moderation.open-cases',
  `with q as materialized (
     select * from (${RANKED}) ranked
       where (band, rank, id) > (:band::int, :rank::bigint, :id::bigint)
       order by band, rank, id
       limit :limit
   )
   select ${COLUMNS}, q.band, q.rank
   from q
   join review_cases rc on rc.id = q.id ${JOINED}
   order by q.band, q.rank, q.id`,
  'pooled',
);

/**
 * The first open case that the viewer may decide: none that somebody else has claimed, that the
 * viewer put before a second person or handed on, or that appeals against the viewer's decision.
 */
export const nextCase = statement<
  Omit<QueueQuery, 'band' | 'rank' | 'id' | 'limit'>,
  { id: string }
>(
  'moderation.next-case',
  `
    select id
    from (
      ${RANKED}
        and (rc.claimed_until is null
          or rc.claimed_until <= :now
          or rc.claimed_by = :viewerId)
        and coalesce(:viewerId in (od.actor_id, od.second_id), false) is false
        and not exists (select 1
          from proposals q
          where q.case_id = rc.id and q.settled_at is null and q.asked_by = :viewerId)
        and not exists (select 1
          from decisions e
          where e.case_id = rc.id and e.action = 'escalate' and e.actor_id = :viewerId)
    ) ranked
    order by band, rank, id
    limit 1
  `,
  'pooled',
);

/** Newest first; `rank` is when the last row was closed, in microseconds. */
export const closedCases = statement<Omit<QueueQuery, 'band'>, QueueRow>(
  'moderation.closed-cases',
  `with q as materialized (
     select rc.id, rc.closed_at from review_cases rc ${CASE_JOINS}
     where rc.state = 'closed'
       and ${FILTERS}
       and rc.closed_at <= timestamptz 'epoch' + :rank::bigint * interval '1 microsecond'
       and (rc.closed_at, rc.id) < (timestamptz 'epoch' + :rank::bigint * interval '1 microsecond',
         :id::bigint)
     order by rc.closed_at desc, rc.id desc limit :limit
   )
   select ${COLUMNS}, 0 as band, (extract(epoch from q.closed_at) * 1000000)::bigint::text as rank
   from q join review_cases rc on rc.id = q.id ${JOINED} order by q.closed_at desc, q.id desc`,
  'pooled',
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
  /** Requests for a second person, without those that the viewer made. */
  seconds: { caseId: string; due: string | null; what: string }[] | null;
  communities: { slug: string; name: string }[] | null;
  /** Communities in which somebody asks to join or offers to support. */
  requests: { slug: string; name: string; joins: number; offers: number }[] | null;
}

/** The figures above the list, in one row. */
export const queueFacts = statement<{ viewerId: string; isStaff: boolean; now: Date }, QueueFacts>(
  'moderation.queue-facts',
  `with seen as (
     select rc.id, rc.tier, rc.due_at, rc.claimed_by, rc.claimed_until, rc.state, c.slug, c.name,
       coalesce(:viewerId in (od.actor_id, od.second_id), false) as involved
     from review_cases rc ${CASE_JOINS}
     where rc.id in (select id
       from review_cases
       where state = 'open'
       union
       select case_id
       from follow_ups
       where done_at is null
       union select case_id from unmaskings where settled_at is null
       union select case_id from escalations where second_id is null)
         and ${inScope(':viewerId', ':isStaff')}
   ), here as (select * from seen where state = 'open')
   select (select count(*)::int from here) as open,
     (select count(*)::int from here where tier = 'crisis') as crisis,
     (select count(*)::int from here where tier = 'urgent') as urgent,
          (select count(*)::int from here where tier = 'watch') as watch,
            (select count(*)::int from here where tier = 'unknown') as unknown,
            (select count(*)::int from here where tier = 'none') as none,
          (select count(*)::int from here where due_at < :now) as overdue,
            (select count(*)::int
              from here
              where claimed_by = :viewerId and claimed_until > :now) as mine,
          (select count(*)::int
            from here
            join case_passes x on x.case_id = here.id and x.member_id = :viewerId) as passed,
          (select json_agg(s order by s.due nulls first) from (
             select f.case_id::text as "caseId", f.due_at as due, 'look' as what
             from follow_ups f
             join seen on seen.id = f.case_id
             join decisions d on d.id = f.decision_id
             where f.done_at is null and d.actor_id is distinct from :viewerId
             union all
             select q.case_id::text, null, 'proposal'
             from proposals q
             join here on here.id = q.case_id
             where q.settled_at is null and q.asked_by <> :viewerId and not here.involved
             union all
             select u.case_id::text, null, 'unmask' from unmaskings u
             join seen on seen.id = u.case_id
             where u.settled_at is null and u.asked_by <> :viewerId
             union all
             select distinct e.case_id::text, null::timestamptz, 'record' from escalations e
             join seen on seen.id = e.case_id
             where e.second_id is null and e.recorded_by is distinct from :viewerId
           ) s) as seconds,
          (select json_agg(json_build_object('slug', k.slug, 'name', k.name) order by k.name)
            from (select distinct slug, name from here where slug is not null) k) as communities,
          (select json_agg(json_build_object('slug', r.slug, 'name', r.name, 'joins', r.joins,
            'offers', r.offers) order by r.name)
            from (select g.slug, g.name, (count(*) filter (where w.what = 'join'))::int as joins,
                (count(*) filter (where w.what = 'offer'))::int as offers
              from (select s.community_id, s.member_id, 'join' as what
                from memberships s
                where s.state = 'asked'
                union all
                select s.community_id, s.member_id, 'offer'
                from supporters s
                where s.state = 'asked') w
              join communities g on g.id = w.community_id
              join members a on a.id = w.member_id and a.closed_at is null
              where :isStaff
                or exists (select 1
                  from memberships o
                  where o.community_id = g.id
                    and o.member_id = :viewerId
                    and o.role = 'moderator'
                    and o.state = 'active')
              group by g.id) r) as requests`,
);

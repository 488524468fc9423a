import { statement } from '../../kernel/sql.js';
import { CASE_JOINS, canSeeCaseSql } from '../core/case-access.js';

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
  /** Requests for a second person, except those that the viewer made. */
  seconds: { caseId: string; due: string | null; what: string }[] | null;
  communities: { slug: string; name: string }[] | null;
  /** Communities with pending requests to join or offers of support. */
  requests: { slug: string; name: string; joins: number; offers: number }[] | null;
}

/** The counts above the list, in one row. */
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
         and ${canSeeCaseSql(':viewerId', ':isStaff')}
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

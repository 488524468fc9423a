import { statement } from '../../kernel/sql.js';
import { CASE_COMMUNITY, canSeeCaseSql } from '../core/case-access.js';

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

type FactsParams = { viewerId: string; now: Date };

/** @param staff whether for staff, who see every case */
const factsFor = (staff: boolean): string => `
   with here as materialized (
     select rc.id, rc.tier, rc.due_at, rc.claimed_by = :viewerId and rc.claimed_until > :now as mine,
       ${CASE_COMMUNITY} as community_id
     from review_cases rc
     where rc.state = 'open' and ${canSeeCaseSql(':viewerId', String(staff), CASE_COMMUNITY)}
   ), waiting as (
     select f.case_id, f.due_at as due, 'look' as what
     from follow_ups f
     join decisions d on d.id = f.decision_id
     where f.done_at is null and d.actor_id is distinct from :viewerId
     union all
     select q.case_id, null, 'proposal'
     from proposals q
     join review_cases qc on qc.id = q.case_id and qc.state = 'open'
     where q.settled_at is null
       and q.asked_by <> :viewerId
       and not exists (select 1
         from decisions od
         where od.id = qc.decision_id and :viewerId in (od.actor_id, od.second_id))
     union all
     select u.case_id, null, 'unmask'
     from unmaskings u
     where u.settled_at is null and u.asked_by <> :viewerId
     union all
     select distinct e.case_id, null::timestamptz, 'record'
     from escalations e
     where e.second_id is null and e.recorded_by is distinct from :viewerId
   )
   select n.*,
     (select json_agg(s order by s.due nulls first)
       from (select w.case_id::text as "caseId", w.due, w.what
         from waiting w
         join review_cases rc on rc.id = w.case_id
         where ${canSeeCaseSql(':viewerId', String(staff), CASE_COMMUNITY)}) s) as seconds,
     (select json_agg(json_build_object('slug', k.slug, 'name', k.name) order by k.name)
       from communities k
       where k.id in (select community_id from here)) as communities,
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
              where ${staff}
                or exists (select 1
                  from memberships o
                  where o.community_id = g.id
                    and o.member_id = :viewerId
                    and o.role = 'moderator'
                    and o.state = 'active')
              group by g.id) r) as requests
   from (
     select count(*)::int as open,
       (count(*) filter (where tier = 'crisis'))::int as crisis,
       (count(*) filter (where tier = 'urgent'))::int as urgent,
       (count(*) filter (where tier = 'watch'))::int as watch,
       (count(*) filter (where tier = 'unknown'))::int as unknown,
       (count(*) filter (where tier = 'none'))::int as none,
       (count(*) filter (where due_at < :now))::int as overdue,
       (count(*) filter (where mine))::int as mine,
       (count(*) filter (where id = any (array(select x.case_id
         from case_passes x
         where x.member_id = :viewerId))))::int as passed
     from here
   ) n`;

/** The counts above the list, in one row: a statement for each kind of viewer, as for the list. */
export const queueFacts = {
  staff: statement<FactsParams, QueueFacts>('moderation.queue-facts-staff', factsFor(true)),
  moderator: statement<FactsParams, QueueFacts>('moderation.queue-facts-own', factsFor(false)),
};

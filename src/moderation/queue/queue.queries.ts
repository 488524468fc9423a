import { statement } from '../../kernel/sql.js';
import type { CaseTier } from '../../triage/risk.js';
import { CASE_JOINS, canSeeCaseSql } from '../core/case-access.js';
import { mutedTopicSql } from '../core/wellbeing.queries.js';
import { dueRankSql, priorityBandSql, isTrustedReporterSql } from '../core/case-order.js';

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
  /** The sort key that a cursor contains: priority band, then rank within it. */
  band: number;
  rank: string;
}

export interface QueueQuery {
  viewerId: string;
  isStaff: boolean;
  /** The same instant for all pages, so that none repeats or skips a case. */
  now: Date;
  tier: string | null;
  /** The source of a reason. */
  source: string | null;
  community: string | null;
  mine: boolean;
  overdue: boolean;
  /** The sort key of the last row of the previous page: priority band, rank within it, id. */
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

/** Filter conditions of the queue; a null parameter means no restriction. */
const FILTERS = `${canSeeCaseSql(':viewerId', ':isStaff')} and (:tier::text is null or rc.tier = :tier)
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

/** Cases on a topic that the viewer muted sort after all other bands, in the same order. */
export const MUTED_BAND = 5;

// Selects the ids first and reads their columns afterwards, so that a long history costs nothing.
// The best plan depends on the filters, so these statements are not pipelined with others.
const JOINED = `${CASE_JOINS} left join members w on w.id = rc.claimed_by`;

/**
 * The sort keys of the open cases in the viewer's queue. Further `where` conditions can be
 * appended.
 */
const RANKED = `
  select rc.id, ${priorityBandSql('rc', ':now::timestamptz')} + case
      when ${mutedTopicSql(':viewerId', 'rc', 'p')} then ${MUTED_BAND}
      else 0 end as band,
    ${dueRankSql('rc', isTrustedReporterSql('rc', ':now::timestamptz'))} as rank
  from review_cases rc ${CASE_JOINS}
  where rc.state = 'open'
    and ${FILTERS}
    and not exists (select 1
      from case_passes x
      where x.case_id = rc.id and x.member_id = :viewerId)
`;

/** The open cases in reading order, as of one instant. */
export const openCases = statement<QueueQuery, QueueRow>(
  'moderation.open-cases',
  `with q as materialized (
     -- The place of a case is found once, and not again by what compares it.
     select * from (${RANKED} offset 0) ranked
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
 * The first open case that the viewer may decide. Skips cases claimed by others, proposed or
 * escalated by the viewer, and appeals against the viewer's decisions.
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

/** Closed cases, newest first; `rank` is the closing time of the last row in microseconds. */
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

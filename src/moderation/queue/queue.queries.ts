import { statement, type Statement } from '../../kernel/sql.js';
import type { CaseTier } from '../../triage/risk.js';
import { CASE_COMMUNITY, CASE_JOINS, canSeeCaseSql } from '../core/case-access.js';
import { mutedTopicSql } from '../core/wellbeing.queries.js';
import {
  dangerSql,
  dueRankSql,
  EPOCHS,
  isTrustedReporterSql,
  priorityBandSql,
} from '../core/case-order.js';

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
  /** The viewer has opened the text. */
  read: boolean;
  slug: string | null;
  communityName: string | null;
  number: number | null;
  held: string | null;
  /** As `source.reason`, oldest first. */
  reasons: string[];
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
  /** It in seconds since the epoch. */
  seconds: number;
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
  exists (select 1
    from case_reads cr
    where cr.case_id = rc.id and cr.member_id = :viewerId) as read,
  array(select r.source || '.' || r.reason
    from case_reasons r
    where r.case_id = rc.id
    order by r.id) as reasons,
  case when rc.is_flagged
    then (select count(*)::int from reports r where r.case_id = rc.id)
    else 0 end as reports`;

const heldFor = (condition: string): string => `exists (select 1
         from posts hp
         where hp.id = coalesce(rc.post_id,
             (select hd.post_id from decisions hd where hd.id = rc.decision_id))
           and hp.status = 'held'${condition})`;
const hasReason = (source: string): string => `exists (select 1
         from case_reasons r
         where r.case_id = rc.id and r.source = ${source})`;

/**
 * SQL condition on `rc`: the viewer may see it. Two texts instead of one with a parameter, because
 * each subquery of a plan costs something even if it never runs.
 */
const isVisible = (staff: boolean): string =>
  canSeeCaseSql(':viewerId', String(staff), CASE_COMMUNITY);

/** Filter conditions of the queue on `rc`; a null parameter means no restriction. */
const FILTERS = `(:tier::text is null or rc.tier = :tier)
  and (:source::text is null
    or case :source
      when 'appeals' then rc.kind = 'appeal'
      when 'held' then ${heldFor('')}
      when 'first-posts' then ${heldFor(" and hp.held_for = 'first-post'")}
      when 'reports' then ${hasReason("'report'")}
      when 'concerns' then ${hasReason("'concern'")}
      else ${hasReason(':source')} end)
  and (:community::text is null
    or ${CASE_COMMUNITY} = (select k.id from communities k where k.slug = :community))
  and (not :mine or (rc.claimed_by = :viewerId and rc.claimed_until > :now))
  and (not :overdue or rc.due_at < :now)`;

/** Cases on a topic that the viewer muted sort after all other bands, in the same order. */
export const MUTED_BAND = 5;

// Selects the ids first and reads their columns afterwards, so that a long history costs nothing.
const JOINED = `${CASE_JOINS} left join members w on w.id = rc.claimed_by`;

/**
 * The sort keys of the open cases in the viewer's queue. Each condition on what belongs to a case
 * is looked up once, and nothing else of the cases is read.
 * @param conditions on `rc`, besides being open and not passed on
 */
const ranked = (...conditions: string[]): string => `
  select o.id, ${priorityBandSql('o', 'o.danger', ':seconds')} + case
      when o.muted then ${MUTED_BAND}
      else 0 end as band,
    ${dueRankSql('o', 'o.danger', 'o.trusted')} as rank
  from (
    select rc.id, rc.tier, ${EPOCHS}, rc.is_flagged and ${dangerSql('rc')} as danger,
      rc.is_flagged and ${isTrustedReporterSql('rc', ':now::timestamptz')} as trusted,
      exists (select 1 from topic_opt_outs where member_id = :viewerId)
        and (select ${mutedTopicSql(':viewerId', 'rc', 'p')}
          from (select) one
          left join posts p on p.id = coalesce(rc.post_id,
            (select md.post_id from decisions md where md.id = rc.decision_id))) as muted
    from review_cases rc
    where rc.state = 'open'
      and rc.id <> all (array(select x.case_id from case_passes x where x.member_id = :viewerId))
      and ${conditions.join(' and ')}
    offset 0
  ) o
`;

/** A statement for each kind of viewer, with or without filters. */
type ForViewer<Params extends object, Row extends object> = Record<
  'staff' | 'moderator',
  Record<'all' | 'filtered', Statement<Params, Row>>
>;

/** @param text the statement for conditions on `rc` */
function forViewer<Params extends object, Row extends object>(
  name: string,
  text: (...conditions: string[]) => string,
): ForViewer<Params, Row> {
  const of = (who: 'staff' | 'moderator'): ForViewer<Params, Row>[typeof who] => {
    const visible = isVisible(who === 'staff');
    return {
      all: statement(`${name}-${who}`, text(visible)),
      filtered: statement(`${name}-${who}-filtered`, text(visible, FILTERS)),
    };
  };
  return { staff: of('staff'), moderator: of('moderator') };
}

/** The open cases in reading order, as of one instant. */
export const openCases = forViewer<QueueQuery, QueueRow>(
  'moderation.open-cases',
  (...conditions) => `with q as materialized (
     -- The place of a case is found once, and not again by what compares it.
     select * from (${ranked(...conditions)} offset 0) ranked
       where (band, rank, id) > (:band::int, :rank::bigint, :id::bigint)
       order by band, rank, id
       limit :limit
   )
   select ${COLUMNS}, q.band, q.rank
   from q
   join review_cases rc on rc.id = q.id ${JOINED}
   order by q.band, q.rank, q.id`,
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
      ${ranked(
        canSeeCaseSql(':viewerId', ':isStaff', CASE_COMMUNITY),
        FILTERS,
        `(rc.claimed_until is null
          or rc.claimed_until <= :now
          or rc.claimed_by = :viewerId)
        and (rc.decision_id is null
          or not exists (select 1
            from decisions own
            where own.id = rc.decision_id and :viewerId in (own.actor_id, own.second_id)))
        and not exists (select 1
          from proposals q
          where q.case_id = rc.id and q.settled_at is null and q.asked_by = :viewerId)
        and not exists (select 1
          from decisions e
          where e.case_id = rc.id and e.action = 'escalate' and e.actor_id = :viewerId)`,
      )}
    ) ranked
    order by band, rank, id
    limit 1
  `,
  'pooled',
);

// The best plan for a long history depends on the filters, so it is not pipelined with others.
/** Closed cases, newest first; `rank` is the closing time of the last row in microseconds. */
export const closedCases = statement<Omit<QueueQuery, 'band' | 'seconds'>, QueueRow>(
  'moderation.closed-cases',
  `with q as materialized (
     select rc.id, rc.closed_at from review_cases rc
     where rc.state = 'closed'
       and ${canSeeCaseSql(':viewerId', ':isStaff', CASE_COMMUNITY)}
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

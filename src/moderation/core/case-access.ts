import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql, statement } from '../../kernel/sql.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import type { CaseTier } from '../../triage/risk.js';

/** The fields of a case that every action on it needs. */
export interface AccessibleCase {
  readonly id: string;
  readonly kind: 'post' | 'member' | 'strategy' | 'appeal';
  readonly tier: CaseTier;
  readonly state: 'open' | 'closed';
  readonly version: number;
  readonly communityId: string | null;
  /** The reviewed post, or the post of the appealed decision. */
  readonly postId: string | null;
  readonly decisionId: string | null;
  /** The moderator whose claim is current. */
  readonly claimedBy: string | null;
  readonly claimedHandle: string | null;
  readonly claimedUntil: Date | null;
  /** The viewer took part in the appealed decision. */
  readonly involved: boolean;
  /** The viewer has opened the text before. */
  readonly read: boolean;
}

/** Joins a case to its post or decision and to its community. */
export const CASE_JOINS = `left join decisions od on od.id = rc.decision_id
   left join posts p on p.id = coalesce(rc.post_id, od.post_id)
   left join threads t on t.id = case when rc.community_id is null then p.thread_id end
   left join communities c on c.id = coalesce(rc.community_id, t.community_id)`;

/**
 * SQL expression for the community of case `rc`, for statements that do not join it. Only old cases
 * about a post have none of their own.
 */
export const CASE_COMMUNITY = `coalesce(rc.community_id, (
  select ct.community_id
  from posts cp
  join threads ct on ct.id = cp.thread_id
  where cp.id = coalesce(rc.post_id,
    (select cd.post_id from decisions cd where cd.id = rc.decision_id))))`;

/**
 * SQL condition that is false if case `rc` concerns the viewer: their post, their strategy, their
 * account, or a decision about them. Looks for what is the viewer's instead of reading the post of
 * every case.
 */
export function notConcerningViewerSql(viewer: string): string {
  return `
    (rc.member_id is distinct from ${viewer}
      and (rc.post_id is null
        or not exists (select 1
          from posts op
          where op.author_id = ${viewer} and op.id = rc.post_id))
      and (rc.decision_id is null
        or not exists (select 1
          from decisions vd
          left join posts vp on vp.id = vd.post_id
          where vd.id = rc.decision_id and ${viewer} in (vd.member_id, vp.author_id)))
      and (rc.strategy_id is null
        or not exists (select 1
          from coping_strategies os
          where os.id = rc.strategy_id and os.member_id = ${viewer})))
  `;
}

/**
 * SQL condition: staff see every case, moderators those of their community, and nobody one about
 * themselves.
 * @param community expression for the id of the community of `rc`
 */
export function canSeeCaseSql(viewer: string, staff: string, community = 'c.id'): string {
  return `
    ((${staff}
      or ${community} in (select s.community_id
        from memberships s
        where s.member_id = ${viewer} and s.role = 'moderator' and s.state = 'active'))
    and ${notConcerningViewerSql(viewer)})`;
}

const byId = statement<
  { id: string; viewerId: string; isStaff: boolean; now: Date },
  AccessibleCase
>(
  'moderation.case-access',
  `
    select rc.id, rc.kind, rc.tier, rc.state, rc.version, c.id as "communityId", p.id as "postId",
      rc.decision_id as "decisionId",
          case
            when rc.claimed_until > :now then rc.claimed_by end as "claimedBy", case
            when rc.claimed_until > :now then w.handle::text end as "claimedHandle",
          case when rc.claimed_until > :now then rc.claimed_until end as "claimedUntil",
          coalesce(:viewerId in (od.actor_id, od.second_id), false) as involved,
          exists (select 1
            from case_reads r
            where r.case_id = rc.id and r.member_id = :viewerId) as read
   from review_cases rc ${CASE_JOINS}
   left join members w on w.id = rc.claimed_by
   where rc.id = :id and ${canSeeCaseSql(':viewerId', ':isStaff')}`,
);

/** Loads cases that a moderator may see. */
@Injectable()
export class CaseAccess {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound if the case does not exist or the viewer may not see it */
  async load(viewer: Viewer, id: string): Promise<AccessibleCase> {
    const found = await this.sql.first(byId, {
      id,
      viewerId: viewer.memberId,
      isStaff: isStaff(viewer),
      now: this.clock.now(),
    });
    if (found === null) throw new NotFound();
    return found;
  }
}

import { statement } from '../../kernel/sql.js';
import { CASE_JOINS, canSeeCaseSql } from '../core/case-access.js';
import { dangerSql } from '../core/case-order.js';
import type { ChosenState } from './chosen-cases.js';

export interface ChosenCase extends ChosenState {
  readonly id: string;
  readonly communityName: string | null;
  readonly number: number | null;
  readonly reasons: { source: string; reason: string }[] | null;
  readonly reports: number;
  /** The colleague with a current claim. */
  readonly takenBy: string | null;
  readonly outcome: string | null;
  readonly closedAt: Date | null;
  /** Who took the last decision; null if their account is gone. */
  readonly decidedBy: string | null;
  readonly decidedByViewer: boolean;
}

/** The cases among `ids` that the viewer may see. */
export const chosenCases = statement<
  { ids: string[]; viewerId: string; isStaff: boolean; now: Date },
  ChosenCase
>(
  'moderation.chosen-cases',
  `
    select rc.id, rc.kind, rc.tier, rc.state, rc.version, rc.outcome, rc.closed_at as "closedAt",
      c.name as "communityName", p.number, coalesce(p.status = 'held', false) as held,
      coalesce(p.status = 'withdrawn', false) as deleted,
      ${dangerSql('rc')} as danger,
      coalesce(rc.claimed_until > :now and rc.claimed_by <> :viewerId, false) as taken,
      w.handle::text as "takenBy",
      exists (select 1
        from proposals q
        where q.case_id = rc.id and q.settled_at is null) as proposed,
      exists (select 1
        from case_reads r
        where r.case_id = rc.id and r.member_id = :viewerId) as read,
      (select json_agg(json_build_object('source', r.source, 'reason', r.reason) order by r.id)
        from case_reasons r
        where r.case_id = rc.id) as reasons,
      (select count(*)::int from reports r where r.case_id = rc.id) as reports,
      m.handle::text as "decidedBy", coalesce(d.actor_id = :viewerId, false) as "decidedByViewer"
    from review_cases rc ${CASE_JOINS}
    left join members w on w.id = rc.claimed_by
    left join lateral (select x.actor_id
      from decisions x
      where x.case_id = rc.id
      order by x.id desc
      limit 1) d on true
    left join members m on m.id = d.actor_id
    where rc.id = any(:ids::bigint[]) and ${canSeeCaseSql(':viewerId', ':isStaff')}
  `,
);

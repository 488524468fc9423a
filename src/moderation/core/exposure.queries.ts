import { statement } from '../../kernel/sql.js';
import type { ModeratorAction } from './exposure.js';

export interface ModeratorActionRow extends ModeratorAction {
  memberId: string;
}

/**
 * The actions of each moderator since the start of their current shift; for those not on shift, of
 * the last four hours.
 */
export const actionsInShift = statement<
  { memberIds: readonly string[]; now: Date },
  ModeratorActionRow
>(
  'moderation.actions-in-shift',
  `select l.actor_id as "memberId", l.case_id as "caseId", rc.tier, l.deed as action,
     l.created_at as at
   from unnest(:memberIds::bigint[]) w (id)
   cross join lateral (select coalesce((select min(s.starts_at)
     from shifts s
     where s.member_id = w.id and s.starts_at <= :now and s.ends_at > :now),
     :now::timestamptz - interval '4 hours') as since) x
   join moderation_log l on l.actor_id = w.id
     and l.created_at >= x.since
     and l.deed in ('case.read', 'case.claimed', 'case.decided', 'case.passed', 'case.released')
   join review_cases rc on rc.id = l.case_id
   order by l.id`,
);

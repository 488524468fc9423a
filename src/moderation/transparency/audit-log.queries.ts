import { statement } from '../../kernel/sql.js';
import { notConcerningViewerSql } from '../core/case-access.js';
import { moderatedMember } from '../../review/moderated-members.js';
import type { AuditAction } from '../../review/audit-log.js';

export interface AuditChange {
  key: string | null;
  from: unknown;
  to: unknown;
}

export interface AuditLogRow {
  id: string;
  action: AuditAction;
  who: string | null;
  caseId: string | null;
  member: string | null;
  /** The viewer may read the member's page. */
  memberShown: boolean;
  place: string | null;
  reason: string;
  /** The action that was decided, if the entry is a decision. */
  decided: string | null;
  /** The setting or role that was changed, with old and new value. */
  changed: AuditChange | null;
  at: Date;
}

/**
 * Log entries, newest first. Entries about the viewer, and about cases concerning the viewer, are
 * left out.
 */
export const auditLogRows = statement<
  {
    viewerId: string;
    isStaff: boolean;
    beforeId: string;
    action: AuditAction | null;
    who: string | null;
    caseId: string | null;
    member: string | null;
    limit: number;
  },
  AuditLogRow
>(
  'moderation.log',
  `
    select l.id, l.deed as action, a.handle::text as who, l.case_id as "caseId", m.handle::text as member,
      coalesce(${moderatedMember('m')}, false) as "memberShown",
      c.name as place, l.reason, l.detail->>'action' as decided,
      case
        when l.deed in ('setting.changed', 'member.role-given', 'community.visibility-changed')
          then jsonb_build_object('key', l.detail->'key', 'from', l.detail->'from',
            'to', l.detail->'to')
      end as changed, l.created_at as at
   from moderation_log l
   left join members a on a.id = l.actor_id
   left join members m on m.id = l.member_id
   left join review_cases rc on rc.id = l.case_id
   left join decisions od on od.id = rc.decision_id
   left join posts p on p.id = coalesce(rc.post_id, od.post_id)
   left join threads t on t.id = p.thread_id
   left join communities c on c.id = coalesce(l.community_id, rc.community_id, t.community_id)
   where l.id < :beforeId
     and (:action::text is null or l.deed = :action)
     and (:who::text is null or a.handle = :who::citext)
     and (:caseId::bigint is null or l.case_id = :caseId)
     and (:member::text is null or m.handle = :member::citext)
     and (:isStaff
       or exists (select 1
         from memberships s
         where s.community_id = c.id
           and s.member_id = :viewerId
           and s.role = 'moderator'
           and s.state = 'active'))
     and ${notConcerningViewerSql(':viewerId')}
     and l.member_id is distinct from :viewerId
   order by l.id desc limit :limit`,
);

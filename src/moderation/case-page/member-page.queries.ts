import { statement } from '../../kernel/sql.js';
import { moderatedMember as isModerated } from '../../review/moderated-members.js';

export interface ModeratedMember {
  id: string;
  handle: string;
  role: string;
  createdAt: Date;
  communities: string[] | null;
  /** Their first posts may still be held for review in one of these communities. */
  reviewed: boolean;
}

/** A member of a community that the viewer moderates (any member, for staff); never the viewer. */
export const moderatedMember = statement<
  { handle: string; viewerId: string; isStaff: boolean },
  ModeratedMember
>(
  'moderation.member',
  `select m.id, m.handle::text, m.role, m.created_at as "createdAt",
          (select array_agg(c.name order by c.name)
            from memberships s
            join communities c on c.id = s.community_id
            where s.member_id = m.id and s.state = 'active'
             and (:isStaff
               or exists (select 1
                 from memberships o
                 where o.community_id = c.id
                   and o.member_id = :viewerId
                   and o.role = 'moderator'
                   and o.state = 'active'))) as communities,
          exists (select 1
            from memberships s
            where s.member_id = m.id and s.state = 'active' and s.trusted_at is null
             and (:isStaff
               or exists (select 1
                 from memberships o
                 where o.community_id = s.community_id
                   and o.member_id = :viewerId
                   and o.role = 'moderator'
                   and o.state = 'active'))) as reviewed
   from members m
   where m.handle = :handle::citext and ${isModerated('m')}`,
);

export interface FoundMember {
  handle: string;
  role: string;
  createdAt: Date;
}

/** Members whose page the viewer may read, by handle prefix. */
export const foundMembers = statement<
  { pattern: string; viewerId: string; isStaff: boolean; limit: number },
  FoundMember
>(
  'moderation.found-members',
  `
    select m.handle::text, m.role, m.created_at as "createdAt"
    from members m
    where m.handle like :pattern::citext and ${isModerated('m')}
    order by m.handle
    limit :limit
  `,
);

export interface MemberDecisionRow {
  caseId: string;
  action: string;
  rule: string;
  at: Date;
  endsAt: Date | null;
  forever: boolean;
  reversed: boolean;
}

/**
 * Decisions on posts under the handle only: one on a post under an alias would reveal who is behind
 * it.
 */
export const memberDecisions = statement<
  { memberId: string; viewerId: string; isStaff: boolean },
  MemberDecisionRow
>(
  'moderation.member-decisions',
  `
    select d.case_id as "caseId", d.action, d.rule, d.created_at as at, d.ends_at as "endsAt",
      coalesce((d.detail->>'forever')::boolean, false) as forever,
      d.reversed_at is not null as reversed
   from decisions d
   join review_cases rc on rc.id = d.case_id
   left join posts p on p.id = d.post_id
   left join threads t on t.id = p.thread_id
   left join communities c on c.id = coalesce(rc.community_id, t.community_id)
   where d.member_id = :memberId
     and not coalesce((d.detail->>'alias')::boolean, false)
     and p.alias_id is null
     and not coalesce(p.name_detached, false)
     and not (d.detail ? 'appealOf' and d.action in ('dismiss', 'publish'))
     and (:isStaff
       or exists (select 1
         from memberships s
         where s.community_id = c.id
           and s.member_id = :viewerId
           and s.role = 'moderator'
           and s.state = 'active'))
   order by d.id desc limit 50`,
);

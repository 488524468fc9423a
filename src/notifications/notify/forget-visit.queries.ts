import { statement } from '../../kernel/sql.js';

/** Deletes the notice of a visit, unless the member has joined or visits again. */
export const deleteVisitNotice = statement<{ memberId: string; communityId: string }, object>(
  'notifications.forget-visit',
  `
    delete from notices n
    where n.member_id = :memberId
      and n.kind = 'first-week'
      and n.subject_id = :communityId
      and not exists (select 1
        from memberships s
        where s.community_id = n.subject_id and s.member_id = n.member_id)
  `,
);

import { statement } from '../../kernel/sql.js';

/** Administrators without a notice about helplines since a time. */
export const administratorsToRemind = statement<{ since: Date }, { memberId: string }>(
  'notifications.helplines-due',
  `
    select m.id as "memberId"
    from members m
    where m.role = 'admin'
      and m.closed_at is null
      and not exists (select 1
        from notices n
        where n.member_id = m.id and n.kind = 'helplines-due' and n.created_at > :since)
    order by m.id
  `,
);

import { statement } from '../../kernel/sql.js';

/** Unread notices of several members, counted up to 100; none for members taking a break. */
export const unreadCounts = statement<
  { members: readonly string[] },
  { memberId: string; count: number }
>(
  'notifications.unread-counts',
  `
    select n.member_id as "memberId", least(count(*), 100)::int as count
    from notices n
    join members m on m.id = n.member_id
    where n.member_id = any(:members::bigint[])
      and n.read_at is null
      and (m.break_until is null or m.break_until <= now())
    group by n.member_id
  `,
);

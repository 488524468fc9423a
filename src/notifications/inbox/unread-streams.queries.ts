import { statement } from '../../kernel/sql.js';

/**
 * Unread notices for the members of several sessions, counted up to 100; zero for members on a
 * break. An ended session has no row.
 */
export const unreadCounts = statement<
  { sessions: readonly string[] },
  { sessionId: string; count: number }
>(
  'notifications.unread-counts',
  `
    select s.id as "sessionId", (
      select least(count(*), 100)::int
      from notices n
      where n.member_id = m.id
        and n.read_at is null
        and (m.break_until is null or m.break_until <= now())
    ) as count
    from sessions s
    join members m on m.id = s.member_id
    where s.id = any(:sessions::bigint[])
  `,
);

import { DAY } from '../../kernel/clock.js';

/**
 * Absence in milliseconds after which a member gets one last email, and none until they return
 * except messages from the team.
 */
export const LONG_ABSENCE = 180 * DAY;

/**
 * SQL expression: the time of the last session, post or email choice of member `m` with settings
 * `s`.
 */
export const LAST_SEEN_SQL = `
  greatest(m.created_at, s.seen_at,
    (select max(x.last_seen_at) from sessions x where x.member_id = m.id),
    (select x.created_at
      from posts x
      where x.author_id = m.id
      order by x.id desc
      limit 1))`;

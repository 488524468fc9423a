/** The columns of a viewer, for member `m`, shared by all ways of authentication. */
export const VIEWER_COLUMNS = `
  m.id as "memberId",
  m.handle::text,
  m.avatar_seed as "avatarSeed",
  m.email_verified_at is not null as verified,
  m.locale,
  m.country,
  m.time_zone as "timeZone",
  case when m.break_until > :now then m.break_until end as "breakUntil",
  case when m.read_only_until > :now then m.read_only_until end as "readOnlyUntil",
  case when m.suspended_until > :now then m.suspended_until end as "suspendedUntil",
  (
    select count(*)::int
    from (
      select 1
      from notices n
      where n.member_id = m.id
        and n.read_at is null
        and (m.break_until is null or m.break_until <= :now)
      limit 100
    ) u
  ) as unread`;

/**
 * Joins member `m`, the one with the given id. Always looks them up: a merge join, which the planner
 * may choose, reads all members before the newest one.
 * @param id SQL expression of a preceding table
 */
export const joinViewer = (id: string): string =>
  `cross join lateral (select * from members where id = ${id} limit 1) m`;

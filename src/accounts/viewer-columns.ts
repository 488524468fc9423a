import type { Viewer } from '../http/viewer.js';

/** The facts about a viewer that all ways of authentication read. */
export type ViewerRow = Pick<
  Viewer,
  | 'memberId'
  | 'handle'
  | 'avatarSeed'
  | 'verified'
  | 'locale'
  | 'country'
  | 'timeZone'
  | 'breakUntil'
  | 'readOnlyUntil'
  | 'suspendedUntil'
  | 'unread'
  | 'hasFilters'
>;

/**
 * The columns of `ViewerRow`, for member `m`. They are read for every page, so they are bare:
 * PostgreSQL prepares each expression anew for each execution, and what it means is determined in
 * `currentViewer`.
 */
export const VIEWER_COLUMNS = `
  m.id as "memberId",
  m.handle::text,
  m.avatar_seed as "avatarSeed",
  m.email_verified_at is not null as verified,
  m.locale,
  m.country,
  m.time_zone as "timeZone",
  m.break_until as "breakUntil",
  m.read_only_until as "readOnlyUntil",
  m.suspended_until as "suspendedUntil",
  m.has_filters as "hasFilters",
  (
    select count(*)::int
    from (
      select 1
      from notices n
      where n.member_id = m.id and n.read_at is null
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

/** What of a viewer's row applies now: periods that have ended are null. */
export function currentViewer(row: ViewerRow, now: Date): ViewerRow {
  const breakUntil = ifLater(row.breakUntil, now);
  return {
    memberId: row.memberId,
    handle: row.handle,
    avatarSeed: row.avatarSeed,
    verified: row.verified,
    locale: row.locale,
    country: row.country,
    timeZone: row.timeZone,
    breakUntil,
    readOnlyUntil: ifLater(row.readOnlyUntil, now),
    suspendedUntil: ifLater(row.suspendedUntil, now),
    // Nothing calls a member back from a break.
    unread: breakUntil === null ? row.unread : 0,
    hasFilters: row.hasFilters,
  };
}

function ifLater(time: Date | null, now: Date): Date | null {
  return time !== null && time > now ? time : null;
}

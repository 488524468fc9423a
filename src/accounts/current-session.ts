import { isDemoSql } from '../content/visibility.js';
import { later, MINUTE } from '../kernel/clock.js';
import type { Viewer } from '../http/viewer.js';
import { currentViewer, VIEWER_COLUMNS, type ViewerRow } from './viewer-columns.js';

/** Idle timeout on a shared device, in minutes. */
const SHARED_IDLE_MINUTES = 15;
/** Minutes for which a confirmed identity counts. */
const CONFIRMED_MINUTES = 10;
/** Minutes after which the last use is written again: sooner where an idle session ends soon. */
const TOUCH_MINUTES = { soon: 1, otherwise: 15 };

/** A session and its member, as stored. */
export interface SessionRow extends ViewerRow {
  readonly sessionId: string;
  readonly lastSeenAt: Date;
  readonly reauthenticatedAt: Date;
  readonly sharedDevice: boolean;
  readonly role: Viewer['role'];
  /** An active moderator of any community. */
  readonly inTeam: boolean;
  readonly secondFactor: boolean;
  readonly secondFactorBy: Date | null;
  /** A demo account; null if the account has no address. */
  readonly demo: boolean | null;
}

/** The columns of `SessionRow`, for session `s` and member `m`. */
export const SESSION_COLUMNS = `
  s.id as "sessionId",
  s.last_seen_at as "lastSeenAt",
  s.reauthenticated_at as "reauthenticatedAt",
  s.shared as "sharedDevice",
  m.role,
  exists (
    select 1
    from memberships ms
    where ms.member_id = m.id and ms.role = 'moderator' and ms.state = 'active'
  ) as "inTeam",
  m.second_factor_since is not null as "secondFactor",
  m.second_factor_by as "secondFactorBy",
  ${isDemoSql('m')} as demo,
  ${VIEWER_COLUMNS}`;

/**
 * The viewer of a session.
 * @param staffIdleMinutes after which a session of someone who moderates ends
 * @returns null if it has been idle for too long; `stale` if its last use must be written again
 */
export function currentSession(
  row: SessionRow,
  now: Date,
  staffIdleMinutes: number,
): { viewer: Viewer; stale: boolean } | null {
  const { lastSeenAt, sharedDevice, secondFactorBy } = row;
  const moderates = row.role !== 'member' || row.inTeam;
  const since = (minutes: number): Date => later(now, -minutes * MINUTE);
  if (moderates && lastSeenAt <= since(staffIdleMinutes)) return null;
  if (sharedDevice && lastSeenAt <= since(SHARED_IDLE_MINUTES)) return null;
  // Demo accounts need none: their log-ins are rejected if other machines can reach the server.
  const missing = moderates && !row.secondFactor && row.demo !== true;
  const grace = secondFactorBy !== null && secondFactorBy > now;
  return {
    viewer: {
      ...currentViewer(row, now),
      sessionId: row.sessionId,
      reauthenticated: row.reauthenticatedAt > since(CONFIRMED_MINUTES),
      sharedDevice,
      role: missing && !grace ? 'member' : row.role,
      moderates,
      secondFactorBy: missing && grace ? secondFactorBy : null,
      needsSecondFactor: missing && !grace,
    },
    stale:
      lastSeenAt < since(moderates || sharedDevice ? TOUCH_MINUTES.soon : TOUCH_MINUTES.otherwise),
  };
}

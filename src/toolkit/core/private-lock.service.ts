import { Injectable } from '@nestjs/common';
import { Credentials } from '../../accounts/credentials.js';
import type { Viewer } from '../../http/viewer.js';
import { Clock, later, MINUTE } from '../../kernel/clock.js';
import { Sql, statement } from '../../kernel/sql.js';

/** The lock of a session's private area, as stored. */
export interface LockState {
  /** Minutes of inactivity that the member chose; null if none. */
  lockMinutes: number | null;
  /** When the session's area locks; null if it was never unlocked. */
  openUntil: Date | null;
}

const state = statement<{ viewerId: string; sessionId: string }, LockState>(
  'toolkit.lock-state',
  `
    select s.lock_minutes as "lockMinutes", u.until as "openUntil"
    from (select) one
    left join toolkit_settings s on s.member_id = :viewerId
    left join toolkit_unlocks u on u.session_id = :sessionId
  `,
);
const open = statement<{ sessionId: string; until: Date }, object>(
  'toolkit.unlock',
  `
    insert into toolkit_unlocks (session_id, until)
    values (:sessionId, :until)
    on conflict (session_id)
    do update set until = excluded.until
  `,
);
const close = statement<{ sessionId: string }, object>(
  'toolkit.lock',
  'delete from toolkit_unlocks where session_id = :sessionId',
);

/** Default on a shared device, if the member chose no lock time. */
const SHARED_MINUTES = 5;

const UNLOCKED: LockState = { lockMinutes: null, openUntil: null };

function minutesOf(viewer: Viewer, lock: LockState): number | null {
  return lock.lockMinutes ?? (viewer.sharedDevice ? SHARED_MINUTES : null);
}

/**
 * A second lock on the private pages, for members who share a device: after some minutes of
 * inactivity they ask for the password again.
 */
@Injectable()
export class PrivateLock {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly credentials: Credentials,
  ) {}

  /** Each request postpones the lock. */
  async isLocked(viewer: Viewer): Promise<boolean> {
    return this.isLockedBy(viewer, await this.stateOf(viewer));
  }

  /** Like `isLocked`, for a state that was read with other columns. */
  async isLockedBy(viewer: Viewer, lock: LockState): Promise<boolean> {
    const minutes = minutesOf(viewer, lock);
    if (minutes === null) return false;
    const { openUntil } = lock;
    const now = this.clock.now();
    if (openUntil === null || openUntil <= now) return true;
    // Extended at most once in half the period, to avoid a write for each page.
    if (openUntil < later(now, (minutes * MINUTE) / 2)) await this.keepOpen(viewer, minutes);
    return false;
  }

  async minutesOf(viewer: Viewer): Promise<number | null> {
    return minutesOf(viewer, await this.stateOf(viewer));
  }

  private async stateOf({ memberId, sessionId }: Viewer): Promise<LockState> {
    return (await this.sql.first(state, { viewerId: memberId, sessionId })) ?? UNLOCKED;
  }

  /** @returns false for a wrong password */
  async unlock(viewer: Viewer, password: string): Promise<boolean> {
    if (!(await this.knows(viewer, password))) return false;
    await this.keepOpen(viewer, (await this.minutesOf(viewer)) ?? 0);
    return true;
  }

  /** Checks the password. @throws TooManyRequests after 10 attempts in an hour */
  knows(viewer: Viewer, password: string): Promise<boolean> {
    return this.credentials.checkOwn(viewer.memberId, password);
  }

  async lock(viewer: Viewer): Promise<void> {
    await this.sql.rows(close, { sessionId: viewer.sessionId });
  }

  async keepOpen(viewer: Viewer, minutes: number): Promise<void> {
    await this.sql.rows(open, {
      sessionId: viewer.sessionId,
      until: later(this.clock.now(), minutes * MINUTE),
    });
  }
}

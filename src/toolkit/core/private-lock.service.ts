import { Injectable } from '@nestjs/common';
import { Credentials } from '../../accounts/credentials.js';
import type { Viewer } from '../../http/viewer.js';
import { Clock, later, MINUTE } from '../../kernel/clock.js';
import { Sql, statement } from '../../kernel/sql.js';

const state = statement<
  { viewerId: string; sessionId: string; shared: number | null },
  { minutes: number; until: Date | null }
>(
  'toolkit.lock-state',
  `
    select coalesce(s.lock_minutes, :shared::int) as minutes, u.until
    from (select) one
    left join toolkit_settings s on s.member_id = :viewerId
    left join toolkit_unlocks u on u.session_id = :sessionId
    where coalesce(s.lock_minutes, :shared::int) is not null
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

function stateOf({ memberId, sessionId, sharedDevice }: Viewer): {
  viewerId: string;
  sessionId: string;
  shared: number | null;
} {
  return { viewerId: memberId, sessionId, shared: sharedDevice ? SHARED_MINUTES : null };
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
    const lock = await this.sql.first(state, stateOf(viewer));
    if (lock === null) return false;
    const now = this.clock.now();
    if (lock.until === null || lock.until <= now) return true;
    // Extended at most once in half the period, to avoid a write for each page.
    if (lock.until < later(now, (lock.minutes * MINUTE) / 2))
      await this.keepOpen(viewer, lock.minutes);
    return false;
  }

  async minutesOf(viewer: Viewer): Promise<number | null> {
    return (await this.sql.first(state, stateOf(viewer)))?.minutes ?? null;
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

import { Injectable } from '@nestjs/common';
import { Clock, HOUR, later, MINUTE } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Viewer } from '../http/viewer.js';
import { Outbox } from '../outbox/outbox.js';
import { ThreadAccess, type AccessibleThread } from './thread-access.js';
import {
  lastOwnReply,
  lockThread,
  setSlowMode,
  unlockDue,
  unlockThread,
} from './thread-lock.queries.js';
import { threadLocked } from './threads.events.js';
import { canLock } from './threads.policy.js';

/** Locks threads, for a time or permanently, and sets their slow mode. */
@Injectable()
export class ThreadLocks {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly access: ThreadAccess,
  ) {}

  /**
   * Locks a thread and notifies its opener.
   * @param hours until it is unlocked automatically; 0 for no end
   * @throws NotFound if the viewer may not lock it
   */
  async lock(viewer: Viewer, id: string, hours: number): Promise<void> {
    await this.requireModerator(viewer, id);
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      await this.sql.rowsIn(tx, lockThread, {
        id,
        now,
        until: hours === 0 ? null : later(now, hours * HOUR),
      });
      await this.outbox.append(tx, threadLocked({ threadId: id }));
    });
  }

  async unlock(viewer: Viewer, id: string): Promise<void> {
    await this.requireModerator(viewer, id);
    await this.sql.rows(unlockThread, { id });
  }

  /**
   * Sets the slow mode of a thread; moderators and the opener are exempt.
   * @param minutes between two replies of one member; 0 to turn it off
   * @throws NotFound if the viewer may not set it
   */
  async slow(viewer: Viewer, id: string, minutes: number): Promise<void> {
    await this.requireModerator(viewer, id);
    await this.sql.rows(setSlowMode, { id, minutes });
  }

  /** Unlocks the threads whose lock has expired. */
  async reopenDue(): Promise<void> {
    await this.sql.rows(unlockDue, { now: this.clock.now() });
  }

  /** @throws FieldError with the minutes to wait if the slow mode does not allow a reply yet */
  async requireSlowModeWait(tx: Tx, viewer: Viewer, thread: AccessibleThread): Promise<void> {
    if (!isSlowed(thread)) return;
    const [last] = await this.sql.rowsIn(tx, lastOwnReply, {
      threadId: thread.id,
      viewerId: viewer.memberId,
    });
    if (last === undefined || last.at === null) return;
    const wait = last.at.getTime() + last.minutes * MINUTE - this.clock.ms();
    if (wait > 0)
      throw new FieldError('body', 'threads.error.slow', { minutes: Math.ceil(wait / MINUTE) });
  }

  private async requireModerator(viewer: Viewer, id: string): Promise<void> {
    if (!canLock(await this.access.load(viewer, id))) throw new NotFound();
  }
}

/** Whether the viewer must wait between two replies to a thread. */
export function isSlowed({ slowMinutes, moderates, mine }: AccessibleThread): boolean {
  return slowMinutes > 0 && !moderates && !mine;
}

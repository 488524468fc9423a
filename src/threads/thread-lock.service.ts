import { Injectable } from '@nestjs/common';
import { Clock, HOUR, later, MINUTE } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import type { Viewer } from '../http/viewer.js';
import { Outbox } from '../outbox/outbox.js';
import { ThreadAccess, type AccessibleThread } from './thread-access.js';
import { threadLocked } from './threads.events.js';
import { canLock } from './threads.policy.js';

const lock = statement<{ id: string; now: Date; until: Date | null }, { id: string }>(
  'threads.lock',
  `
    update threads
    set locked_at = coalesce(locked_at, :now), locked_until = :until
    where id = :id
    returning id
  `,
);
const unlock = statement<{ id: string }, object>(
  'threads.unlock',
  'update threads set locked_at = null, locked_until = null where id = :id',
);
const slow = statement<{ id: string; minutes: number }, object>(
  'threads.slow',
  'update threads set slow_minutes = :minutes where id = :id',
);
const reopen = statement<{ now: Date }, object>(
  'threads.reopen',
  'update threads set locked_at = null, locked_until = null where locked_until <= :now',
);
const ownLast = statement<
  { threadId: string; viewerId: string },
  { at: Date | null; minutes: number }
>(
  'threads.own-last',
  `
    select t.slow_minutes as minutes,
      (select max(p.created_at)
        from posts p
        where p.thread_id = t.id and p.author_id = :viewerId) as at
    from threads t
    where t.id = :threadId
    for update
  `,
);

/**
 * What calms a thread before anybody is punished: a wait between two replies, or none for a while.
 */
@Injectable()
export class ThreadCooling {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly door: ThreadAccess,
  ) {}

  /** @param hours until it opens again by itself; 0 for no end. Its opener is told. */
  async lock(viewer: Viewer, id: string, hours: number): Promise<void> {
    await this.mine(viewer, id);
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      await this.sql.rowsIn(tx, lock, {
        id,
        now,
        until: hours === 0 ? null : later(now, hours * HOUR),
      });
      await this.outbox.append(tx, threadLocked({ threadId: id }));
    });
  }

  async unlock(viewer: Viewer, id: string): Promise<void> {
    await this.mine(viewer, id);
    await this.sql.rows(unlock, { id });
  }

  /**
   * @param minutes that everybody but moderators and the opener waits between two replies; 0 for
   * none
   */
  async slow(viewer: Viewer, id: string, minutes: number): Promise<void> {
    await this.mine(viewer, id);
    await this.sql.rows(slow, { id, minutes });
  }

  /** Opens what was closed until now. */
  async reopenDue(): Promise<void> {
    await this.sql.rows(reopen, { now: this.clock.now() });
  }

  /** @throws FieldError with the minutes to wait, the words kept */
  async mayReplyNow(tx: Tx, viewer: Viewer, thread: AccessibleThread): Promise<void> {
    if (thread.slowMinutes === 0 || thread.moderates || thread.mine) return;
    const [last] = await this.sql.rowsIn(tx, ownLast, {
      threadId: thread.id,
      viewerId: viewer.memberId,
    });
    if (last === undefined || last.at === null) return;
    const wait = last.at.getTime() + last.minutes * MINUTE - this.clock.ms();
    if (wait > 0)
      throw new FieldError('body', 'threads.error.slow', { minutes: Math.ceil(wait / MINUTE) });
  }

  private async mine(viewer: Viewer, id: string): Promise<void> {
    if (!canLock(await this.door.load(viewer, id))) throw new NotFound();
  }
}

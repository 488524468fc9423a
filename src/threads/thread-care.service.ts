import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { queryIn, executeIn } from '../kernel/sql.js';

/** The state of a thread that a decision changes and that reversing the decision restores. */
export interface ThreadState {
  readonly communityId: string;
  readonly locked: boolean;
}

/** Moderators' changes to a thread, in the transaction of a decision. */
@Injectable()
export class ThreadCare {
  constructor(private readonly clock: Clock) {}

  /**
   * Locks the row until the end of the transaction.
   * @returns null if the thread does not exist
   */
  async before(tx: Tx, threadId: string): Promise<ThreadState | null> {
    const [row] = await queryIn<ThreadState>(
      tx,
      `
        select community_id as "communityId", locked_at is not null as locked
        from threads
        where id = :threadId
        for update
      `,
      { threadId },
    );
    return row ?? null;
  }

  async lock(tx: Tx, threadId: string, locked: boolean): Promise<void> {
    await executeIn(
      tx,
      `
        update threads
        set locked_at = case when :locked then coalesce(locked_at, :now) end, locked_until = null
        where id = :threadId
      `,
      { threadId, locked, now: this.clock.now() },
    );
  }

  /**
   * Finds the community to move a thread to.
   * @returns its id
   * @throws FieldError if it does not exist or is archived
   */
  async communityOf(tx: Tx, slug: string): Promise<string> {
    const [row] = await queryIn<{ id: string }>(
      tx,
      'select id from communities where slug = :slug and archived_at is null',
      { slug },
    );
    if (row === undefined) throw new FieldError('community', 'moderation.error.community');
    return row.id;
  }

  /** Moves a thread to another community and corrects the counts of both. */
  async move(tx: Tx, threadId: string, communityId: string): Promise<void> {
    const before = await this.before(tx, threadId);
    if (before === null || before.communityId === communityId) return;
    const moved = await queryIn<{ status: string }>(
      tx,
      `
        update threads
        set community_id = :communityId, pinned_at = null, topic = null
        where id = :threadId
        returning status
      `,
      { threadId, communityId },
    );
    if (moved[0]?.status !== 'published') return;
    await executeIn(
      tx,
      'update communities set thread_count = greatest(0, thread_count - 1) where id = :communityId',
      { communityId: before.communityId },
    );
    await executeIn(
      tx,
      'update communities set thread_count = thread_count + 1 where id = :communityId',
      { communityId },
    );
  }
}

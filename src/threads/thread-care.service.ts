import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';

/** How a thread stands, as far as moderators change it. */
export interface ThreadState {
  readonly communityId: string;
  readonly locked: boolean;
}

/** Moderators' changes to a thread, in the transaction of their decision. */
@Injectable()
export class ThreadCare {
  constructor(private readonly clock: Clock) {}

  async before(tx: Tx, threadId: string): Promise<ThreadState | null> {
    const [row] = (await tx.query(
      `
        select community_id as "communityId", locked_at is not null as locked
        from threads
        where id = $1
        for update
      `,
      [threadId],
    )) as ThreadState[];
    return row ?? null;
  }

  async lock(tx: Tx, threadId: string, locked: boolean): Promise<void> {
    await tx.query(
      `
        update threads
        set locked_at = case when $2 then coalesce(locked_at, $3) end, locked_until = null
        where id = $1
      `,
      [threadId, locked, this.clock.now()],
    );
  }

  /** @returns the slug's community @throws FieldError where there is none to move to */
  async communityOf(tx: Tx, slug: string): Promise<string> {
    const [row] = (await tx.query(
      'select id from communities where slug = $1 and archived_at is null',
      [slug],
    )) as { id: string }[];
    if (row === undefined) throw new FieldError('community', 'moderation.error.community');
    return row.id;
  }

  async move(tx: Tx, threadId: string, communityId: string): Promise<void> {
    const before = await this.before(tx, threadId);
    if (before === null || before.communityId === communityId) return;
    const [moved] = (await tx.query(
      `
        update threads
        set community_id = $2, pinned_at = null, topic = null
        where id = $1
        returning status
      `,
      [threadId, communityId],
    )) as [{ status: string }[], number];
    if (moved[0]?.status !== 'published') return;
    await tx.query(
      'update communities set thread_count = greatest(0, thread_count - 1) where id = $1',
      [before.communityId],
    );
    await tx.query('update communities set thread_count = thread_count + 1 where id = $1', [
      communityId,
    ]);
  }
}

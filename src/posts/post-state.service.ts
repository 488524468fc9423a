import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import type { CaseTier } from '../triage/risk.js';
import type { HeldFor } from './hold-policy.js';
import type { PostStatus } from './post.entity.js';
import { Publishing } from './publishing.service.js';
import { executeIn, queryIn } from '../kernel/sql.js';

/** How a post stands: what a decision changes, and what taking the decision back restores. */
export interface PostState {
  readonly status: PostStatus;
  readonly heldFor: HeldFor | null;
  readonly folded: boolean;
  readonly membersOnly: boolean;
  readonly addedNotes: string[];
  /** Folds the post from `urgent` on; only a person lowers it. */
  readonly tier: CaseTier;
}

interface Row extends PostState {
  threadId: string;
  number: number;
}

/**
 * Moderators' changes to a post. Counts of its thread and its community go with them, so that
 * undoing one leaves both whole.
 */
@Injectable()
export class PostStateChange {
  constructor(private readonly publishing: Publishing) {}

  /**
   * @returns how it stood, with the row locked until the end of the transaction; null where it is
   * gone
   */
  async before(tx: Tx, postId: string): Promise<PostState | null> {
    return this.row(tx, postId);
  }

  /** What the author took back stays taken back. */
  async set(tx: Tx, postId: string, change: Partial<PostState>): Promise<void> {
    const post = await this.row(tx, postId);
    if (post === null || post.status === 'withdrawn') return;
    const { folded, membersOnly, addedNotes, tier } = { ...post, ...change };
    await executeIn(
      tx,
      `
        update posts
        set folded = :folded, members_only = :membersOnly, added_notes = :addedNotes, tier = :tier
        where id = :postId
      `,
      { postId, folded, membersOnly, addedNotes, tier },
    );
    const { status } = change;
    // A post that goes on waiting for the same reason keeps its clock.
    const waits =
      status === 'held' &&
      post.status === 'held' &&
      (change.heldFor ?? 'returned') === post.heldFor;
    if (status === undefined || waits) return;
    if (status === 'published') await this.publishing.publish(tx, postId);
    else if (status === 'held') await this.holdBack(tx, postId, post, change.heldFor ?? 'returned');
    else if (status !== post.status && status !== 'withdrawn')
      await this.takeAway(tx, postId, post, status);
  }

  // What is hidden or removed already is in nobody's sight; it only waits for its author now.
  private async holdBack(tx: Tx, postId: string, post: Row, why: HeldFor): Promise<void> {
    if (post.status === 'published' || post.status === 'held') {
      await this.publishing.hold(tx, postId, { why, until: null });
      return;
    }
    await this.become(tx, postId, 'held', why);
    if (post.number === 1)
      await executeIn(
        tx,
        `
          update threads
          set status = 'held'
          where id = :threadId and status in ('hidden', 'removed')
        `,
        { threadId: post.threadId },
      );
  }

  private async takeAway(
    tx: Tx,
    postId: string,
    post: Row,
    status: 'hidden' | 'removed',
  ): Promise<void> {
    // Whatever stood is first taken from sight, with its counts, as a post that waits is.
    if (post.status === 'published')
      await this.publishing.hold(tx, postId, { why: 'returned', until: null });
    await this.become(tx, postId, status, null);
    if (post.number === 1)
      await executeIn(
        tx,
        `
          update threads
          set status = :status
          where id = :threadId and status in ('held', 'hidden', 'removed')
        `,
        { threadId: post.threadId, status },
      );
  }

  private async become(
    tx: Tx,
    postId: string,
    status: PostStatus,
    heldFor: HeldFor | null,
  ): Promise<void> {
    await executeIn(
      tx,
      `
        update posts
        set status = :status, held_for = :heldFor::text, held_at = case
          when :heldFor::text is null then null
          else now() end, held_until = null
        where id = :postId
      `,
      { postId, status, heldFor },
    );
  }

  private async row(tx: Tx, postId: string): Promise<Row | null> {
    const [row] = await queryIn<Row>(
      tx,
      `
        select thread_id as "threadId", number, status, held_for as "heldFor", folded,
          members_only as "membersOnly", added_notes as "addedNotes", tier
        from posts
        where id = :postId
        for update
      `,
      { postId },
    );
    return row ?? null;
  }
}

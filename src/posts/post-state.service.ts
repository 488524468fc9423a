import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import type { CaseTier } from '../triage/risk.js';
import type { HeldFor } from './hold-policy.js';
import type { PostStatus } from './post.entity.js';
import { Publishing } from './publishing.service.js';
import { executeIn, queryIn } from '../kernel/sql.js';

/** The state of a post that a decision changes and that reversing the decision restores. */
export interface PostState {
  readonly status: PostStatus;
  readonly heldFor: HeldFor | null;
  readonly folded: boolean;
  readonly membersOnly: boolean;
  readonly addedNotes: string[];
  /** The post is folded from `urgent` on; only a person can lower the tier. */
  readonly tier: CaseTier;
}

interface Row extends PostState {
  threadId: string;
  number: number;
}

/**
 * Moderators' changes to a post. The counts of its thread and community are updated too, so that
 * reversing a change restores them.
 */
@Injectable()
export class PostStateChange {
  constructor(private readonly publishing: Publishing) {}

  /**
   * Locks the row until the end of the transaction.
   * @returns null if the post does not exist
   */
  async before(tx: Tx, postId: string): Promise<PostState | null> {
    return this.row(tx, postId);
  }

  /** Applies a change. A withdrawn post is not changed. */
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
    // A post that stays held for the same reason keeps the time of its hold.
    const staysHeld =
      status === 'held' &&
      post.status === 'held' &&
      (change.heldFor ?? 'returned') === post.heldFor;
    if (status === undefined || staysHeld) return;
    if (status === 'published') await this.publishing.publish(tx, postId);
    else if (status === 'held') await this.holdBack(tx, postId, post, change.heldFor ?? 'returned');
    else if (status !== post.status && status !== 'withdrawn')
      await this.unpublish(tx, postId, post, status);
  }

  // A hidden or removed post is already invisible to others; it now waits for its author.
  private async holdBack(tx: Tx, postId: string, post: Row, why: HeldFor): Promise<void> {
    if (post.status === 'published' || post.status === 'held') {
      await this.publishing.hold(tx, postId, { why, until: null });
      return;
    }
    await this.setStatus(tx, postId, 'held', why);
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

  private async unpublish(
    tx: Tx,
    postId: string,
    post: Row,
    status: 'hidden' | 'removed',
  ): Promise<void> {
    // A published post is held first, which corrects the counts.
    if (post.status === 'published')
      await this.publishing.hold(tx, postId, { why: 'returned', until: null });
    await this.setStatus(tx, postId, status, null);
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

  private async setStatus(
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

import { Injectable } from '@nestjs/common';
import { Messages } from '../i18n/messages.js';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import type { Hold } from './hold-policy.js';
import { postedEvent } from './posts.events.js';
import { executeIn, queryIn } from '../kernel/sql.js';

interface LockedPost {
  id: string;
  threadId: string;
  number: number;
  status: string;
  /** Held from the start, so nobody else has seen it yet. */
  unseen: boolean;
}

/**
 * Publishes and holds posts. Lists and counts only include published posts; a post keeps its
 * number, so that it reappears in its original position.
 */
@Injectable()
export class Publishing {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly messages: Messages,
  ) {}

  /**
   * Publishes a held, hidden or removed post; idempotent. A withdrawn post stays withdrawn.
   * @throws NotFound if the post does not exist
   */
  async publish(tx: Tx, postId: string): Promise<void> {
    const post = await this.lock(tx, postId);
    if (post.status === 'published' || post.status === 'withdrawn') return;
    await executeIn(
      tx,
      `
        update posts
        set status = 'published', held_for = null, held_at = null, held_until = null
        where id = :postId
      `,
      { postId },
    );
    const now = this.clock.now();
    if (post.number === 1) await this.showThread(tx, post, now);
    else
      await executeIn(
        tx,
        `
          update threads
          set reply_count = reply_count + 1, last_post_at = case
            when :unseen then :now
            else last_post_at end
          where id = :threadId
        `,
        { threadId: post.threadId, unseen: post.unseen, now },
      );
    await this.outbox.append(tx, postedEvent(post));
  }

  /**
   * Holds a published post: others cannot see it, its author can still read and edit it. A held
   * post gets the new reason; any other status is unchanged.
   * @throws NotFound if the post does not exist
   */
  async hold(tx: Tx, postId: string, hold: Hold): Promise<void> {
    const post = await this.lock(tx, postId);
    if (post.status !== 'published' && post.status !== 'held') return;
    await executeIn(
      tx,
      `
        update posts
        set status = 'held', held_for = :why, held_at = coalesce(held_at, :now), held_until = :until
        where id = :postId
      `,
      { postId, why: hold.why, now: this.clock.now(), until: hold.until },
    );
    if (post.status === 'published') await this.hidePost(tx, post);
  }

  // A thread with replies stays published, so that the replies stay readable. Its title is the
  // author's text too, and is hidden with the opening.
  private async hidePost(tx: Tx, post: LockedPost): Promise<void> {
    if (post.number > 1) {
      await executeIn(
        tx,
        'update threads set reply_count = greatest(0, reply_count - 1) where id = :threadId',
        { threadId: post.threadId },
      );
      return;
    }
    await executeIn(
      tx,
      `
        with t as (update threads
          set status = 'held'
          where id = :threadId and status = 'published' and reply_count = 0
          returning community_id)
       update communities c
       set thread_count = greatest(0, c.thread_count - 1)
       from t
       where c.id = t.community_id`,
      { threadId: post.threadId },
    );
    await this.withholdTitle(tx, post.threadId);
  }

  private async withholdTitle(tx: Tx, threadId: string): Promise<void> {
    const [community] = await queryIn<{ language: string }>(
      tx,
      `
        select c.language
        from threads t
        join communities c on c.id = t.community_id
        where t.id = :threadId and t.status = 'published'
      `,
      { threadId },
    );
    if (community === undefined) return;
    const locale = this.messages.supported(community.language);
    const title = this.messages.text(locale, 'posts.take-back.title-withheld');
    await executeIn(
      tx,
      `
        update threads
        set withheld_title = title, title = :title
        where id = :threadId and withheld_title is null
      `,
      { threadId, title },
    );
  }

  private async showThread(tx: Tx, post: LockedPost, now: Date): Promise<void> {
    await executeIn(
      tx,
      `
        update threads
        set title = withheld_title, withheld_title = null
        where id = :threadId and withheld_title is not null
      `,
      { threadId: post.threadId },
    );
    await executeIn(
      tx,
      `with t as (
         update threads
         set status = 'published', last_post_at = case when :unseen then :now else last_post_at end
         where id = :threadId and status in ('held', 'hidden', 'removed')
         returning community_id
       ) update communities c
         set thread_count = c.thread_count + 1, last_post_at = case
           when :unseen then :now
           else c.last_post_at end
         from t
         where c.id = t.community_id`,
      { threadId: post.threadId, unseen: post.unseen, now },
    );
  }

  // Locks the post before its thread, in the same order as every other change, to avoid deadlocks.
  private async lock(tx: Tx, postId: string): Promise<LockedPost> {
    const [post] = await queryIn<LockedPost>(
      tx,
      `
        select id, thread_id as "threadId", number, status,
          coalesce(held_at = created_at, false) as unseen
        from posts
        where id = :postId
        for update
      `,
      { postId },
    );
    if (post === undefined) throw new NotFound();
    return post;
  }
}

import { Injectable } from '@nestjs/common';
import { bodyHtml } from '../content/markdown.js';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { Outbox } from '../outbox/outbox.js';
import { threadPosted } from '../posts/posts.events.js';
import { getIn, executeIn } from '../kernel/sql.js';

export interface TeamThread {
  readonly communityId: string;
  /** A moderator there, or staff: what the team writes waits for nobody. */
  readonly authorId: string;
  readonly title: string;
  readonly body: string;
  readonly kind: 'support' | 'question' | 'experience' | 'win';
  readonly replyWish: 'listen' | 'experiences' | 'advice';
}

/**
 * Threads that the team opens for everybody: the way round for newcomers, the weekly check-in. They
 * stand at the top.
 */
@Injectable()
export class TeamThreads {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** In the transaction of what wants it. @returns the thread's id */
  async open(tx: Tx, wish: TeamThread): Promise<string> {
    const now = this.clock.now();
    const thread = await getIn<{ id: string }>(
      tx,
      `
        insert into threads (community_id, title, kind, reply_wish, pinned_at, created_at,
          last_post_at)
        values (:communityId, :title, :kind, :replyWish, :now, :now, :now)
        returning id
      `,
      {
        communityId: wish.communityId,
        title: wish.title,
        kind: wish.kind,
        replyWish: wish.replyWish,
        now,
      },
    );
    const post = await getIn<{ id: string }>(
      tx,
      `
        insert into posts (thread_id, number, author_id, body, body_html, created_at)
        values (:threadId, 1, :authorId, :body, :bodyHtml, :now)
        returning id
      `,
      {
        threadId: thread.id,
        authorId: wish.authorId,
        body: wish.body,
        bodyHtml: bodyHtml(wish.body),
        now,
      },
    );
    await executeIn(
      tx,
      `
        update communities
        set thread_count = thread_count + 1, last_post_at = :now
        where id = :communityId
      `,
      { communityId: wish.communityId, now },
    );
    await this.outbox.append(tx, threadPosted({ threadId: thread.id, postId: post.id }));
    return thread.id;
  }

  /**
   * Takes its place at the top away; where nobody answered it is closed as well, so that it waits
   * for no answer.
   */
  async retire(tx: Tx, threadId: string): Promise<void> {
    await executeIn(
      tx,
      `
        update threads
        set pinned_at = null, locked_at = case
          when reply_count = 0 then coalesce(locked_at, :now)
          else locked_at end
        where id = :threadId
      `,
      { threadId, now: this.clock.now() },
    );
  }
}

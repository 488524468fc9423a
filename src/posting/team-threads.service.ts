import { Injectable } from '@nestjs/common';
import { bodyHtml } from '../content/markdown.js';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { Outbox } from '../outbox/outbox.js';
import { threadPosted } from '../posts/posts.events.js';

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
    const [thread] = (await tx.query(
      `
        insert into threads (community_id, title, kind, reply_wish, pinned_at, created_at,
          last_post_at)
        values ($1, $2, $3, $4, $5, $5, $5)
        returning id
      `,
      [wish.communityId, wish.title, wish.kind, wish.replyWish, now],
    )) as [{ id: string }];
    const [post] = (await tx.query(
      `
        insert into posts (thread_id, number, author_id, body, body_html, created_at)
        values ($1, 1, $2, $3, $4, $5)
        returning id
      `,
      [thread.id, wish.authorId, wish.body, bodyHtml(wish.body), now],
    )) as [{ id: string }];
    await tx.query(
      'update communities set thread_count = thread_count + 1, last_post_at = $2 where id = $1',
      [wish.communityId, now],
    );
    await this.outbox.append(tx, threadPosted({ threadId: thread.id, postId: post.id }));
    return thread.id;
  }

  /**
   * Takes its place at the top away; where nobody answered it is closed as well, so that it waits
   * for no answer.
   */
  async retire(tx: Tx, threadId: string): Promise<void> {
    await tx.query(
      `
        update threads
        set pinned_at = null, locked_at = case
          when reply_count = 0 then coalesce(locked_at, $2)
          else locked_at end
        where id = $1
      `,
      [threadId, this.clock.now()],
    );
  }
}

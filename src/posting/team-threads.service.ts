import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';
import { PostWriter } from './post-writer.js';
import { insertThread } from './threads.js';

export interface TeamThread {
  readonly communityId: string;
  /** A moderator of the community or of the site: the team's posts are never held. */
  readonly authorId: string;
  readonly title: string;
  readonly body: string;
  readonly kind: 'support' | 'question' | 'experience' | 'win';
  readonly replyWish: 'listen' | 'experiences' | 'advice';
}

/** Pinned threads by the team, such as the introduction for newcomers and the weekly prompt. */
@Injectable()
export class TeamThreads {
  constructor(
    private readonly clock: Clock,
    private readonly writer: PostWriter,
  ) {}

  /**
   * Opens a pinned thread in the caller's transaction. It is not checked, and its author does not
   * follow it.
   * @returns the id of the thread
   */
  async open(tx: Tx, thread: TeamThread): Promise<string> {
    const threadId = await insertThread(tx, {
      communityId: thread.communityId,
      title: thread.title,
      kind: thread.kind,
      replyWish: thread.replyWish,
      topic: null,
      status: 'published',
      pinned: true,
      now: this.clock.now(),
    });
    await this.writer.insert(tx, {
      threadId,
      communityId: thread.communityId,
      authorId: thread.authorId,
      form: { body: thread.body, contentWarnings: [], summary: '' },
      aliasName: null,
      result: null,
      draftPlace: null,
      follows: false,
      moderates: true,
    });
    return threadId;
  }

  /**
   * Unpins a thread. One without replies is also locked, so that it is not listed as unanswered.
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

import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';
import { PostWriter } from './post-writer.js';
import { insertThread } from './threads.js';

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
    private readonly writer: PostWriter,
  ) {}

  /**
   * Opens a pinned thread in the caller's transaction. Nobody checks the team's own words, and the
   * team follows none of these threads. @returns the thread's id
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

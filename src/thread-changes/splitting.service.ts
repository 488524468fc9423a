import { Injectable } from '@nestjs/common';
import { searchable } from '../content/visibility.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { runIdempotent } from '../kernel/sent-once.js';
import { executeIn, getIn, queryIn, Sql } from '../kernel/sql.js';
import { Outbox } from '../outbox/outbox.js';
import { AuditLog } from '../review/audit-log.js';
import { ThreadAccess, type AccessibleThread } from '../threads/thread-access.js';
import { movePosts, recountThread } from './moving-posts.js';
import { POSTS_SHOWN, type SplitForm } from './split.dto.js';
import { repliesToMove, type ReplyToMove } from './split.queries.js';
import { threadSplit } from './thread-changes.events.js';

export interface SplitChoices {
  readonly thread: AccessibleThread;
  readonly replies: ReplyToMove[];
  /** The number from which the next page goes on; null on the last one. */
  readonly next: number | null;
}

/** Splits a thread: some of its replies become a new thread of the same community. */
@Injectable()
export class Splitting {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly access: ThreadAccess,
    private readonly auditLog: AuditLog,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @param from number of the first reply to list
   * @throws NotFound if the viewer does not moderate the thread's community
   */
  async choices(viewer: Viewer, id: string, from: number): Promise<SplitChoices> {
    const thread = await this.access.loadModerated(viewer, id);
    const rows = await this.sql.rows(repliesToMove, {
      threadId: thread.id,
      from,
      limit: POSTS_SHOWN + 1,
    });
    return {
      thread,
      replies: rows.slice(0, POSTS_SHOWN),
      next: rows[POSTS_SHOWN]?.number ?? null,
    };
  }

  /**
   * Idempotent by the form's key.
   * @returns the id of the new thread
   * @throws FieldError if a post is no longer in the thread, or the first is not published
   */
  async split(viewer: Viewer, id: string, form: SplitForm): Promise<string> {
    const thread = await this.access.loadModerated(viewer, id);
    const { title, reason, post, rest, idempotencyKey } = form;
    return this.database.inTransaction((tx) =>
      runIdempotent(
        tx,
        {
          memberId: viewer.memberId,
          what: 'split',
          words: [id, title, reason, post, rest, idempotencyKey],
        },
        this.clock.now(),
        () => this.perform(tx, viewer, thread, form),
      ),
    );
  }

  private async perform(
    tx: Tx,
    viewer: Viewer,
    thread: AccessibleThread,
    form: SplitForm,
  ): Promise<string> {
    const posts = await this.lock(tx, thread.id, form);
    const [first] = posts;
    if (first === undefined || posts.filter(({ ticked }) => ticked).length < form.post.length)
      throw new FieldError('post', 'threads.split.error.gone');
    // The title is read with the first post, and the whole thread is hidden with it.
    if (first.status !== 'published') throw new FieldError('post', 'threads.split.error.first');
    const threadId = await this.open(tx, thread.id, first.createdAt, form);
    const ids = posts.map((each) => each.id);
    await movePosts(tx, ids, { threadId, firstNumber: 1 });
    await recountThread(tx, threadId);
    await recountThread(tx, thread.id);
    await executeIn(
      tx,
      `
        insert into thread_follows (thread_id, member_id, level, created_at)
        select :threadId, member_id, level, created_at
        from thread_follows
        where thread_id = :from
      `,
      { threadId, from: thread.id },
    );
    await executeIn(
      tx,
      'update communities set thread_count = thread_count + 1 where id = :communityId',
      { communityId: thread.communityId },
    );
    await this.auditLog.write(tx, viewer.memberId, {
      action: 'thread.split',
      communityId: thread.communityId,
      postId: first.id,
      reason: form.reason,
      detail: { from: thread.id, thread: threadId, posts: ids.length },
    });
    await this.outbox.append(tx, threadSplit({ threadId }));
    return threadId;
  }

  // Locks the posts before their thread, in the same order as every other change, to avoid
  // deadlocks.
  private async lock(
    tx: Tx,
    threadId: string,
    { post, rest }: SplitForm,
  ): Promise<{ id: string; status: string; createdAt: Date; ticked: boolean }[]> {
    const posts = await queryIn<{ id: string; status: string; createdAt: Date; ticked: boolean }>(
      tx,
      `
        select id, status, created_at as "createdAt", id = any(:post::bigint[]) as ticked
        from posts
        where thread_id = :threadId
          and number > 1
          and (id = any(:post::bigint[])
            or :rest and number > (select max(l.number)
              from posts l
              where l.thread_id = :threadId and l.id = any(:post::bigint[])))
        order by number
        for update
      `,
      { threadId, post, rest: rest === 'on' },
    );
    await executeIn(tx, 'select 1 from threads where id = :threadId for update', { threadId });
    return posts;
  }

  // The new thread asks for the same as the one it comes from, and is as old as its first post.
  private async open(
    tx: Tx,
    from: string,
    createdAt: Date,
    { title, reason }: SplitForm,
  ): Promise<string> {
    const { id } = await getIn<{ id: string }>(
      tx,
      `
        insert into threads (community_id, title, kind, reply_wish, topic, status, created_at,
          last_post_at, next_number, locked_at, locked_until, slow_minutes, unindexed, split_from,
          change_reason)
        select t.community_id, :title, t.kind, t.reply_wish, t.topic, 'published', :createdAt,
          :createdAt, 1, t.locked_at, t.locked_until, t.slow_minutes, not ${searchable('c', 't')},
          t.id, :reason
        from threads t
        join communities c on c.id = t.community_id
        where t.id = :from
        returning id
      `,
      { from, title, reason, createdAt },
    );
    return id;
  }
}

import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { AppError, FieldError } from '../kernel/errors.js';
import { runIdempotent } from '../kernel/sent-once.js';
import { executeIn, queryIn, Sql } from '../kernel/sql.js';
import { Outbox } from '../outbox/outbox.js';
import { AuditLog } from '../review/audit-log.js';
import { requireModerated, ThreadAccess, type AccessibleThread } from '../threads/thread-access.js';
import { mergeThreadRows } from './merged-rows.js';
import { threadIdIn, type MergeForm } from './merge.dto.js';
import {
  mergeFacts,
  threadsToMerge,
  type MergeFacts,
  type SimilarThread,
} from './merge.queries.js';
import { movePosts, recountThread } from './moving-posts.js';
import { threadMerged } from './thread-changes.events.js';

const SUGGESTED = 8;

/** Two threads that can become one. */
export interface MergePlan {
  /** The older one, which stays. */
  readonly older: MergeFacts;
  /** Its posts move to the end of the older one. */
  readonly newer: MergeFacts;
}

/**
 * Merges two threads of a community. The posts of the newer one move to the end of the older one, so
 * that no post of that gets another number, and nobody's reply comes to stand below words that it
 * does not answer. The newer one stays as a stub that leads to its posts.
 */
@Injectable()
export class Merging {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly access: ThreadAccess,
    private readonly auditLog: AuditLog,
    private readonly outbox: Outbox,
  ) {}

  /** @throws NotFound if the viewer does not moderate the thread's community */
  thread(viewer: Viewer, id: string): Promise<AccessibleThread> {
    return this.access.loadModerated(viewer, id);
  }

  /** @returns threads of the same community to choose from, the most similar first */
  suggestions(thread: AccessibleThread): Promise<SimilarThread[]> {
    return this.sql.rows(threadsToMerge, { threadId: thread.id, limit: SUGGESTED });
  }

  /**
   * @param text number or address of the other thread
   * @throws FieldError if the two cannot be merged
   */
  async plan(viewer: Viewer, thread: AccessibleThread, text: string): Promise<MergePlan> {
    const other = await this.other(viewer, text);
    if (other.communityId !== thread.communityId) throw refusal('community');
    return planOf(await this.sql.rows(mergeFacts, { ids: [thread.id, other.id] }));
  }

  /**
   * Idempotent by the form's key.
   * @returns the id of the thread that has the posts of both
   * @throws FieldError if the two cannot be merged
   */
  async merge(viewer: Viewer, id: string, form: MergeForm): Promise<string> {
    const thread = requireModerated(await this.access.loadMerged(viewer, id));
    const { reason, idempotencyKey } = form;
    // A form that is sent again finds the threads merged, and still gets its first answer.
    const plan = await this.plan(viewer, thread, form.with).catch((error: unknown) => {
      if (error instanceof FieldError) return error;
      throw error;
    });
    return this.database.inTransaction((tx) =>
      runIdempotent(
        tx,
        {
          memberId: viewer.memberId,
          what: 'merge',
          words: [id, form.with, reason, idempotencyKey],
        },
        this.clock.now(),
        () => {
          if (plan instanceof FieldError) throw plan;
          return this.perform(tx, viewer, [plan.older.id, plan.newer.id], reason);
        },
      ),
    );
  }

  private async perform(
    tx: Tx,
    viewer: Viewer,
    ids: readonly string[],
    reason: string,
  ): Promise<string> {
    const { older, newer, posts } = await this.lock(tx, ids);
    const [from, into] = [newer.id, older.id];
    await renameAliases(tx, from, into);
    await movePosts(tx, posts, { threadId: into, firstNumber: older.nextNumber });
    await mergeThreadRows(tx, { from, into, reason });
    await recountThread(tx, into);
    await this.auditLog.write(tx, viewer.memberId, {
      action: 'thread.merged',
      communityId: older.communityId,
      postId: posts[0] ?? null,
      reason,
      detail: { from, thread: into, posts: posts.length },
    });
    await this.outbox.append(tx, threadMerged({ threadId: into, mergedId: from }));
    return into;
  }

  // Locks posts before their thread, in the same order as every other change, to avoid deadlocks. A
  // reply that was written meanwhile is locked after it.
  private async lock(
    tx: Tx,
    ids: readonly string[],
  ): Promise<MergePlan & { readonly posts: string[] }> {
    const [, newest] = ids;
    if (newest === undefined) throw refusal('unknown');
    await postsOf(tx, newest);
    await queryIn(
      tx,
      'select 1 from threads where id = any(:ids::bigint[]) order by id for update',
      { ids },
    );
    const { older, newer } = planOf(await this.sql.rowsIn(tx, mergeFacts, { ids }));
    if (older.communityId !== newer.communityId) throw refusal('community');
    return { older, newer, posts: await postsOf(tx, newer.id) };
  }

  private async other(viewer: Viewer, text: string): Promise<AccessibleThread> {
    const id = threadIdIn(text);
    if (id === null) throw refusal('with');
    try {
      return await this.access.loadMerged(viewer, id);
    } catch (error) {
      if (error instanceof AppError) throw refusal('unknown');
      throw error;
    }
  }
}

function refusal(why: string): FieldError {
  return new FieldError('with', `threads.merge.error.${why}`);
}

/** @throws FieldError with the reason why the two cannot be merged */
function planOf([older, newer]: readonly MergeFacts[]): MergePlan {
  if (older === undefined) throw refusal('unknown');
  if (newer === undefined) throw refusal('same');
  // With an opening that is not shown, its replies would be hidden or shown together with others.
  if (!older.shown || !newer.shown) throw refusal('state');
  if (older.membersOnly !== newer.membersOnly) throw refusal('readers');
  if (newer.poll) throw refusal('poll');
  return { older, newer };
}

async function postsOf(tx: Tx, threadId: string): Promise<string[]> {
  const rows = await queryIn<{ id: string }>(
    tx,
    `
      select id
      from posts
      where thread_id = :threadId
      order by number
      for no key update
    `,
    { threadId },
  );
  return rows.map(({ id }) => id);
}

// Two people must not have the same name in one thread: the one who comes gets an addition.
async function renameAliases(tx: Tx, from: string, into: string): Promise<void> {
  await executeIn(
    tx,
    `
      update thread_aliases a
      set name = a.name || '-' || a.id
      from thread_aliases b
      where b.thread_id = :into
        and b.name = a.name
        and (a.member_id is null or b.member_id is distinct from a.member_id)
        and a.id in (select p.alias_id from posts p where p.thread_id = :from)
    `,
    { from, into },
  );
}

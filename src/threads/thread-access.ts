import { Injectable } from '@nestjs/common';
import { isStaff, isSuspended, mayModerate, type MaybeViewer } from '../http/viewer.js';
import { Forbidden, NotFound, ThreadMerged } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { mergedInto } from './merged-threads.queries.js';
import { threadById, type AccessibleThread } from './thread-access.queries.js';
import { ownWaitingThread, threadExtras } from './thread-extras.queries.js';
import { NO_EXTRAS, NOT_WAITING } from './thread-extras.js';

export type { AccessibleThread } from './thread-access.queries.js';

/** Loads threads with the access check. */
@Injectable()
export class ThreadAccess {
  constructor(private readonly sql: Sql) {}

  /**
   * @throws NotFound if the thread does not exist or the viewer must not know about it
   * @throws ThreadMerged if it was merged into one that the viewer may see
   * @throws Forbidden for a suspended member, unless the thread is public or their own
   */
  async load(viewer: MaybeViewer, id: string): Promise<AccessibleThread> {
    const reader = {
      id,
      memberId: viewer?.memberId ?? null,
      isStaff: isStaff(viewer),
      mayModerate: mayModerate(viewer),
      isSuspended: isSuspended(viewer),
    };
    const thread = await this.sql.first(threadById, { ...reader, draftPlace: `/t/${id}/replies` });
    if (thread === null) {
      const merged = await this.sql.first(mergedInto, { id });
      if (merged === null) throw new NotFound();
      await this.load(viewer, merged.into);
      throw new ThreadMerged(id, merged.into);
    }
    // A suspension ends access to members' threads; public threads and one's own stay readable.
    if (
      viewer !== null &&
      viewer.suspendedUntil !== null &&
      thread.visibility !== 'public' &&
      !thread.mine
    )
      throw new Forbidden('threads.hindrance.limited');
    const [extras, waiting] = await Promise.all([
      thread.hasExtras ? this.sql.first(threadExtras, reader) : null,
      thread.mine && thread.replyCount === 0 ? this.sql.first(ownWaitingThread, { id }) : null,
    ]);
    return { ...thread, ...(extras ?? NO_EXTRAS), ...(waiting ?? NOT_WAITING) };
  }

  /** @returns the id, and that of the thread that it was merged into, if it was */
  async idsOf(id: string): Promise<string[]> {
    const merged = await this.sql.first(mergedInto, { id });
    return merged === null ? [id] : [id, merged.into];
  }

  /**
   * Like `load`, but a merged thread is the one that has its posts now.
   * @throws NotFound, Forbidden like `load`
   */
  async loadMerged(viewer: MaybeViewer, id: string): Promise<AccessibleThread> {
    try {
      return await this.load(viewer, id);
    } catch (error) {
      if (error instanceof ThreadMerged) return this.load(viewer, error.into);
      throw error;
    }
  }
}

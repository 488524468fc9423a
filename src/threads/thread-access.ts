import { Injectable } from '@nestjs/common';
import { isStaff, isSuspended, mayModerate, type MaybeViewer } from '../http/viewer.js';
import { Forbidden, NotFound, ThreadMerged } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { postPath } from '../posts/post-address.js';
import { mergedInto, placeOfMerged } from './merged-threads.queries.js';
import { threadById, threadByIdForGuests, type AccessibleThread } from './thread-access.queries.js';
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
    const thread =
      viewer === null
        ? await this.sql.first(threadByIdForGuests, { id })
        : await this.sql.first(threadById, { ...reader, draftPlace: `/t/${id}/replies` });
    if (thread === null) {
      const merged = await this.sql.first(mergedInto, { id });
      if (merged === null) throw new NotFound();
      await this.load(viewer, merged.into);
      throw new ThreadMerged(id, merged.into);
    }
    // A suspension ends access to members' threads; public threads and one's own stay readable.
    if (reader.isSuspended && thread.visibility !== 'public' && !thread.mine)
      throw new Forbidden('threads.hindrance.limited');
    const [extras, waiting] = await Promise.all([
      thread.hasExtras ? this.sql.first(threadExtras, reader) : null,
      thread.mine && thread.replyCount === 0 ? this.sql.first(ownWaitingThread, { id }) : null,
    ]);
    return { ...thread, ...(extras ?? NO_EXTRAS), ...(waiting ?? NOT_WAITING) };
  }

  /**
   * Like `load`, for a thread of a community that the viewer moderates.
   * @throws NotFound if they do not
   */
  async loadModerated(viewer: MaybeViewer, id: string): Promise<AccessibleThread> {
    return requireModerated(await this.load(viewer, id));
  }

  /** @returns the id, and that of the thread that it was merged into, if it was */
  async idsOf(id: string): Promise<string[]> {
    const merged = await this.sql.first(mergedInto, { id });
    return merged === null ? [id] : [id, merged.into];
  }

  /**
   * Where a reader of a merged thread is sent: to the post that had a number in it, or to the first
   * one after it.
   */
  async placeIn({ from, into }: ThreadMerged, number: number): Promise<ThreadMerged> {
    const place = await this.sql.first(placeOfMerged, { from, into, number });
    const path = place === null ? `/t/${into}` : postPath(into, place.number);
    return new ThreadMerged(from, into, path);
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

/** @throws NotFound if the viewer of the thread does not moderate its community */
export function requireModerated(thread: AccessibleThread): AccessibleThread {
  if (!thread.moderates) throw new NotFound();
  return thread;
}

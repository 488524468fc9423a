import { Injectable } from '@nestjs/common';
import { isStaff, mayModerate, type MaybeViewer } from '../http/viewer.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { threadById, type AccessibleThread } from './thread-access.queries.js';

export type { AccessibleThread } from './thread-access.queries.js';

/** Loads threads with the access check. */
@Injectable()
export class ThreadAccess {
  constructor(private readonly sql: Sql) {}

  /**
   * @throws NotFound if the thread does not exist or the viewer must not know about it
   * @throws Forbidden for a suspended member, unless the thread is public or their own
   */
  async load(viewer: MaybeViewer, id: string): Promise<AccessibleThread> {
    const thread = await this.sql.first(threadById, {
      id,
      memberId: viewer?.memberId ?? null,
      isStaff: isStaff(viewer),
      mayModerate: mayModerate(viewer),
    });
    if (thread === null) throw new NotFound();
    // A suspension ends access to members' threads; public threads and one's own stay readable.
    if (
      viewer !== null &&
      viewer.suspendedUntil !== null &&
      thread.visibility !== 'public' &&
      !thread.mine
    )
      throw new Forbidden('threads.hindrance.limited');
    return thread;
  }
}

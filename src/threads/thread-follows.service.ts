import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import { ThreadAccess } from './thread-access.js';
import { setFollowLevel, unfollow } from './thread-follows.queries.js';

/**
 * `following` notifies a member of new replies; `muted` excludes the thread from their lists and
 * notices.
 */
export type FollowLevel = 'following' | 'muted';

/** Following and muting threads. */
@Injectable()
export class ThreadFollows {
  constructor(
    private readonly access: ThreadAccess,
    private readonly sql: Sql,
  ) {}

  /**
   * Sets the viewer's level for a thread; idempotent.
   * @param level null for neither
   * @throws NotFound for a thread that the viewer may not see
   */
  async set(viewer: Viewer, threadId: string, level: FollowLevel | null): Promise<void> {
    await this.access.load(viewer, threadId);
    const { memberId } = viewer;
    if (level === null) await this.sql.rows(unfollow, { threadId, memberId });
    else await this.sql.rows(setFollowLevel, { threadId, memberId, level });
  }
}

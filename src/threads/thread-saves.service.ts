import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { ThreadAccess } from './thread-access.js';
import { saveThread, unsaveThread } from './thread-saves.queries.js';

/** Saved threads: private bookmarks, visible to nobody else and not counted. */
@Injectable()
export class ThreadSaves {
  constructor(
    private readonly access: ThreadAccess,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /**
   * Saves a thread; idempotent.
   * @throws NotFound for a thread that the viewer may not see
   */
  async save(viewer: Viewer, threadId: string): Promise<void> {
    await this.access.load(viewer, threadId);
    const { memberId } = viewer;
    await this.sql.rows(saveThread, { memberId, threadId, now: this.clock.now() });
  }

  /**
   * Removes a saved thread; idempotent.
   * @throws NotFound for a thread that the viewer may not see
   */
  async unsave(viewer: Viewer, threadId: string): Promise<void> {
    await this.access.load(viewer, threadId);
    await this.sql.rows(unsaveThread, { memberId: viewer.memberId, threadId });
  }
}

import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import { ownThreads, resetThreadLevel, type OwnThreadRow } from './own-threads.queries.js';

/** Threads that a member follows or has muted. */
@Injectable()
export class OwnThreads {
  constructor(private readonly sql: Sql) {}

  list(viewer: Viewer): Promise<OwnThreadRow[]> {
    return this.sql.rows(ownThreads, { memberId: viewer.memberId });
  }

  /** Unfollows or unmutes a thread, even if the member can no longer open it; idempotent. */
  async reset(viewer: Viewer, threadId: string): Promise<void> {
    await this.sql.rows(resetThreadLevel, { memberId: viewer.memberId, threadId });
  }
}

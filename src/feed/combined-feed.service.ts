import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import { THREADS_PER_PAGE, type ThreadRow } from '../threads/thread-list.queries.js';
import { cursorOf, readCursor } from '../threads/thread-list.view.js';
import { feed } from './feed.queries.js';

export interface FeedPage {
  threads: ThreadRow[];
  /** The cursor of the next page; null on the last one. */
  next: string | null;
}

/** The threads of all communities that a member has joined or visits, by newest activity. */
@Injectable()
export class CombinedFeed {
  constructor(private readonly sql: Sql) {}

  /** @param after cursor of the previous page; undefined for the first page */
  async page(viewer: Viewer, after: string | undefined): Promise<FeedPage> {
    const rows = await this.listed(viewer.memberId, after, THREADS_PER_PAGE + 1);
    const threads = rows.slice(0, THREADS_PER_PAGE);
    const last = threads.at(-1);
    const next = rows.length > threads.length && last !== undefined ? cursorOf(last) : null;
    return { threads, next };
  }

  // Queries again only if blocks or mutes left gaps.
  private async listed(
    viewerId: string,
    after: string | undefined,
    count: number,
  ): Promise<ThreadRow[]> {
    const listed: ThreadRow[] = [];
    let cursor = readCursor(after, 'active');
    for (;;) {
      const limit = count - listed.length;
      const batch = await this.sql.rows(feed, {
        viewerId,
        timeInMicroseconds: cursor.time,
        id: cursor.id,
        limit,
      });
      listed.push(...batch.filter((row) => row.listed === true));
      const last = batch.at(-1);
      if (listed.length >= count || batch.length < limit || last === undefined) return listed;
      cursor = readCursor(cursorOf(last), 'active');
    }
  }
}

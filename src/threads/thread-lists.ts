import type { Sql } from '../kernel/sql.js';
import {
  threadLists,
  threadListsOfTopic,
  type Sort,
  type ThreadRow,
} from './thread-list.queries.js';
import { cursorOf, readCursor } from './thread-list.view.js';

export interface ThreadListQuery {
  communityId: string;
  viewerId: string | null;
  sort: Sort;
  topic: string | null;
  /** Cursor of the page, from the URL; undefined for the first page. */
  after: string | undefined;
}

/**
 * A page of a community's threads as listed for the viewer. One query, and further ones only if
 * blocks or mutes removed rows.
 * @param limit maximum number of rows; one more than a page shows whether another page follows
 */
export async function threadsOf(
  sql: Sql,
  query: ThreadListQuery,
  limit: number,
): Promise<ThreadRow[]> {
  const { communityId, viewerId, sort, topic } = query;
  const listed: ThreadRow[] = [];
  let cursor = readCursor(query.after, sort);
  for (;;) {
    const missing = limit - listed.length;
    const params = { communityId, viewerId, time: cursor.time, id: cursor.id, limit: missing };
    const rows =
      topic === null
        ? await sql.rows(threadLists[sort], params)
        : await sql.rows(threadListsOfTopic[sort], { ...params, topic });
    listed.push(...rows.filter((row) => row.listed === true));
    const last = rows.at(-1);
    if (listed.length >= limit || rows.length < missing || last === undefined) return listed;
    cursor = readCursor(cursorOf(last), sort);
  }
}

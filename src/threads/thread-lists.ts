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
  /** As a page's address carries it. */
  after: string | undefined;
}

/**
 * The next threads of a community that the viewer lists, in order. One query, and another only
 * where blocks or mutes left gaps.
 * @param wanted how many; one more than a page says whether another page follows
 */
export async function threadsOf(
  sql: Sql,
  wishes: ThreadListQuery,
  wanted: number,
): Promise<ThreadRow[]> {
  const { communityId, viewerId, sort, topic } = wishes;
  const listed: ThreadRow[] = [];
  let cursor = readCursor(wishes.after, sort);
  for (;;) {
    const many = wanted - listed.length;
    const params = { communityId, viewerId, time: cursor.time, id: cursor.id, limit: many };
    const stretch =
      topic === null
        ? await sql.rows(threadLists[sort], params)
        : await sql.rows(threadListsOfTopic[sort], { ...params, topic });
    listed.push(...stretch.filter((row) => row.listed === true));
    const last = stretch.at(-1);
    if (listed.length >= wanted || stretch.length < many || last === undefined) return listed;
    cursor = readCursor(cursorOf(last), sort);
  }
}

import {
  RECENT_OF_EACH,
  type RecentThreadRow,
  type RecentThreads,
} from '../threads/recent-threads.js';
import type { ThreadItems } from '../threads/thread-items.js';
import type { ThreadRow } from '../threads/thread-list.queries.js';

/** The threads on a member's home page. */
export interface HomeThreads {
  readonly unanswered: readonly ThreadRow[];
  readonly fresh: readonly ThreadRow[];
  /** Renders threads of a list in memory; null if they were read for this member. */
  readonly items: ThreadItems | null;
}

/** Rows considered, before some are left out. */
export const CONSIDERED = 24;
export const MAX_UNANSWERED = 6;
export const MAX_FRESH = 12;

/**
 * What `unansweredThreads` and `newThreads` select for a member who filters nothing.
 * @param lists of the communities that the member has joined: all threads in them are for members
 */
export function homeThreads(
  memberId: string,
  lists: readonly RecentThreads[],
): Omit<HomeThreads, 'items'> {
  const waiting = lists.flatMap((list) => list.waiting).sort((a, b) => inTime(a, b));
  const active = lists
    .flatMap((list) => list.active.slice(0, RECENT_OF_EACH))
    .sort((a, b) => inTime(b, a));
  return {
    unanswered: waiting
      .slice(0, CONSIDERED)
      .filter((row) => !row.hard && row.authorId !== memberId)
      .slice(0, MAX_UNANSWERED),
    fresh: active
      .slice(0, CONSIDERED)
      .filter((row) => !row.hard)
      .slice(0, MAX_FRESH),
  };
}

function inTime(one: RecentThreadRow, other: RecentThreadRow): number {
  return Number(one.cursor) - Number(other.cursor) || Number(one.id) - Number(other.id);
}

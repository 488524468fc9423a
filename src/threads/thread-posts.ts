import { isStaff, isSuspended, type MaybeViewer } from '../http/viewer.js';
import { later } from '../kernel/clock.js';
import type { Sql } from '../kernel/sql.js';
import { PAGE_SIZE } from '../posts/post-address.js';
import { strategiesIn } from '../posts/post-columns.js';
import type { PostRow } from '../posts/post.view.js';
import { CARE_PERIOD } from '../review/after-care.js';
import type { AccessibleThread } from './thread-access.js';
import {
  leftPosts,
  ownPostStates,
  threadPosts,
  threadPostsForGuests,
  threadPostsUnfiltered,
  type LeftPostRow,
  type PostRange,
} from './thread-posts.queries.js';

/** The largest number of a post that PostgreSQL can compare with. */
const MAX_NUMBER = 2 ** 31 - 1;

/**
 * The posts of one page of a thread that the viewer may read; one more query if some are theirs, and
 * one if some have strategies.
 * Does not check whether they may read the thread.
 * @param page counts from 1; any number, as it comes from the address
 * @param moderates whether the viewer moderates the thread's community
 */
export async function postsFor(
  sql: Sql,
  viewer: MaybeViewer,
  threadId: string,
  page: number,
  moderates: boolean,
  now: Date,
): Promise<PostRow[]> {
  const range = rangeOf(threadId, page);
  if (viewer === null) return withStrategies(sql, await sql.rows(threadPostsForGuests, range));
  const posts = await sql.rows(viewer.hasFilters ? threadPosts : threadPostsUnfiltered, {
    ...range,
    viewerId: viewer.memberId,
    isStaff: isStaff(viewer),
    isSuspended: isSuspended(viewer),
    viewerModeratesHere: moderates,
  });
  const postIds = posts.filter(({ mine }) => mine).map(({ id }) => id);
  const [shown, states] = await Promise.all([
    withStrategies(sql, posts),
    postIds.length === 0
      ? []
      : sql.rows(ownPostStates, { postIds, since: later(now, -CARE_PERIOD) }),
  ]);
  return states.length === 0 ? shown : shown.map((post) => ({ ...post, ...find(states, post) }));
}

async function withStrategies(sql: Sql, posts: PostRow[]): Promise<PostRow[]> {
  const postIds = posts.filter(({ hasStrategies }) => hasStrategies).map(({ id }) => id);
  if (postIds.length === 0) return posts;
  const rows = await sql.rows(strategiesIn, { postIds });
  return posts.map((post) => ({ ...post, ...find(rows, post) }));
}

function find<Row extends { id: string }>(rows: readonly Row[], post: PostRow): Row | undefined {
  return rows.find(({ id }) => id === post.id);
}

/** The posts of a page that moved to other threads, of those that the viewer can read there. */
export function leftPostsFor(
  sql: Sql,
  viewer: MaybeViewer,
  thread: AccessibleThread,
  page: number,
): Promise<LeftPostRow[]> {
  return sql.rows(leftPosts, {
    ...rangeOf(thread.id, page),
    viewerId: viewer?.memberId ?? null,
    community: thread.communityId,
  });
}

function rangeOf(threadId: string, page: number): PostRange {
  const toNumber = Math.min(page * PAGE_SIZE, MAX_NUMBER);
  return { threadId, fromNumber: toNumber - PAGE_SIZE + 1, toNumber };
}

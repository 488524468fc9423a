import type { RateLimits } from '../http/rate-limit.js';
import type { Viewer } from '../http/viewer.js';
import type { PostedPost } from './post-writer.js';

/** How many posts of a kind a member may write in so many seconds. */
interface PostLimit {
  readonly action: 'thread' | 'reply';
  readonly most: number;
  readonly seconds: number;
}

export const THREADS: PostLimit = { action: 'thread', most: 20, seconds: 3_600 };
export const REPLIES: PostLimit = { action: 'reply', most: 60, seconds: 600 };

/**
 * Posts under a rate limit; however often one form is sent, it counts once.
 * @param key of the form; where it is empty each sending counts
 * @param sentBefore finds the post that the form became before
 * @throws TooMany, and whatever `post` throws
 */
export async function countedPost(
  limits: RateLimits,
  { action, most, seconds }: PostLimit,
  viewer: Viewer,
  key: string,
  sentBefore: () => Promise<PostedPost | null>,
  post: () => Promise<PostedPost>,
): Promise<PostedPost> {
  const before = await sentBefore();
  if (before !== null) return before;
  const counted = await limits.countOnce(action, viewer.memberId, most, seconds, key);
  const posted = await post();
  if (counted && posted.again) await limits.giveBack(action, viewer.memberId);
  return posted;
}

import type { RateLimits } from '../http/rate-limit.js';
import type { Viewer } from '../http/viewer.js';
import type { PostedPost } from './post-writer.js';

/** The maximum number of posts of a kind that a member may write within a number of seconds. */
interface PostLimit {
  readonly action: 'thread' | 'reply';
  readonly most: number;
  readonly seconds: number;
}

export const THREADS: PostLimit = { action: 'thread', most: 20, seconds: 3_600 };
export const REPLIES: PostLimit = { action: 'reply', most: 60, seconds: 600 };

/**
 * Applies a rate limit to posts; a form that arrives several times is counted once.
 * @param key idempotency key of the form; if empty, every arrival counts
 * @param sentBefore finds the post that the form created earlier: it is returned even if the form
 *   would be rejected now
 * @throws TooManyRequests, and anything that `post` throws
 */
export async function countedPost(
  limits: RateLimits,
  { action, most, seconds }: PostLimit,
  viewer: Viewer,
  key: string,
  sentBefore: () => Promise<PostedPost | null>,
  post: () => Promise<PostedPost>,
): Promise<PostedPost> {
  let counted = false as boolean;
  const posted = async (): Promise<PostedPost> => {
    counted = await limits.countOnce(action, viewer.memberId, most, seconds, key);
    // A form that was already counted is looked up first. Most forms arrive once and need no
    // look-up.
    return (counted ? null : await sentBefore()) ?? post();
  };
  try {
    const done = await posted();
    if (counted && done.again) await limits.giveBack(action, viewer.memberId);
    return done;
  } catch (error) {
    const before = await sentBefore();
    if (before === null) throw error;
    if (counted) await limits.giveBack(action, viewer.memberId);
    return before;
  }
}

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
 * @param sentBefore finds the post that the form became before: it counts, whatever is refused now
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
  let counted = false as boolean;
  const posted = async (): Promise<PostedPost> => {
    counted = await limits.countOnce(action, viewer.memberId, most, seconds, key);
    // A form that was counted is looked for first; most come once, and cost no look.
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

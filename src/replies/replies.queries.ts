import { statement } from '../kernel/sql.js';
import { isOrWasIn } from '../posts/former-places.js';

/**
 * Finds a row if the answered post is in the thread, or was in it or in one that was merged into it
 * before it moved elsewhere.
 */
export const answeredPost = statement<{ replyTo: string; threadId: string }, object>(
  'replies.answered-post',
  `
    select 1 as found
    from posts p
    where p.id = :replyTo and ${isOrWasIn('p', ':threadId')}
  `,
);

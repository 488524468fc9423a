import { statement } from '../kernel/sql.js';

/** Finds a row if the answered post is in the thread. */
export const answeredPost = statement<{ replyTo: string; threadId: string }, object>(
  'replies.answered-post',
  `
    select 1 as found
    from posts
    where id = :replyTo and thread_id = :threadId
  `,
);

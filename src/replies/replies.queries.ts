import { statement } from '../kernel/sql.js';

/** Finds a row where the post that a reply answers is in the thread. */
export const answeredPost = statement<{ replyTo: string; threadId: string }, object>(
  'replies.answered-post',
  `
    select 1 as found
    from posts
    where id = :replyTo and thread_id = :threadId
  `,
);

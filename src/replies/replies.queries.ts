import { statement } from '../kernel/sql.js';

/**
 * Finds a row if the answered post is in the thread, or was in it or in one that was merged into it
 * before it moved elsewhere.
 */
export const answeredPost = statement<{ replyTo: string; threadId: string }, object>(
  'replies.answered-post',
  `
    select 1 as found
    from posts p
    where p.id = :replyTo
      and (p.thread_id = :threadId
        or exists (select 1
          from former_places f
          join threads t on t.id = f.thread_id
          where f.post_id = p.id and (t.id = :threadId or t.merged_into = :threadId)))
  `,
);

import { event, type OutboxEvent } from '../outbox/outbox.js';

/** Others can see it from now on: when it is written, or when a moderator lets it be seen. */
export const threadPosted = event<{ threadId: string; postId: string }>('thread.posted');
export const replyPosted = event<{ postId: string; threadId: string }>('reply.posted');
export const postEdited = event<{ postId: string }>('post.edited');
export const postWithdrawn = event<{ postId: string }>('post.withdrawn');

/**
 * The event that tells others of a post: once it is written, or once a moderator lets it be seen.
 * Everything that follows from it is idempotent.
 */
export function postedEvent(post: {
  readonly id: string;
  readonly threadId: string;
  readonly number: number;
}): OutboxEvent {
  const ids = { postId: post.id, threadId: post.threadId };
  return post.number === 1 ? threadPosted(ids) : replyPosted(ids);
}

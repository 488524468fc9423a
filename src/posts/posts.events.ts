import { event } from '../outbox/outbox.js';

/** Others can see it from now on: when it is written, or when a moderator lets it be seen. */
export const threadPosted = event<{ threadId: string; postId: string }>('thread.posted');
export const replyPosted = event<{ postId: string; threadId: string }>('reply.posted');
export const postEdited = event<{ postId: string }>('post.edited');
export const postWithdrawn = event<{ postId: string }>('post.withdrawn');

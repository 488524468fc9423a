import { event } from '../outbox/outbox.js';

export const replyPosted = event<{ postId: string; threadId: string }>('reply.posted');

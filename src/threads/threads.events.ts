import { event } from '../outbox/outbox.js';

export const threadPosted = event<{ threadId: string; postId: string }>('thread.posted');

import { event } from '../outbox/outbox.js';

export const postEdited = event<{ postId: string }>('post.edited');
export const postWithdrawn = event<{ postId: string }>('post.withdrawn');

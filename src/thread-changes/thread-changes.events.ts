import { event } from '../outbox/outbox.js';

/** Posts became a thread of their own. */
export const threadSplit = event<{ threadId: string }>('thread.split');

import { event } from '../outbox/outbox.js';

/** Posts became a thread of their own. */
export const threadSplit = event<{ threadId: string }>('thread.split');

/** The posts of a thread were added to another one. */
export const threadMerged = event<{ threadId: string; mergedId: string }>('thread.merged');

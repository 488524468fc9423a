import { event } from '../outbox/outbox.js';

export const threadLocked = event<{ threadId: string }>('thread.locked');

import { event } from '../outbox/outbox.js';

export const groupRequestAnswered = event<{ requestId: string }>('group-request.answered');

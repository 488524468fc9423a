import { event } from '../outbox/outbox.js';

export const supporterAsked = event<{ askingId: string }>('supporter.asked');
export const restOffered = event<{ restId: string }>('rest.offered');

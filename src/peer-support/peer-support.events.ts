import { event } from '../outbox/outbox.js';

export const supporterAsked = event<{ askingId: string }>('supporter.asked');
export const breakOffered = event<{ restId: string }>('rest.offered');

import { event } from '../outbox/outbox.js';

/** A delivery is due, for the first time or again. */
export const webhookDue = event<{ deliveryId: string }>('webhook.due');

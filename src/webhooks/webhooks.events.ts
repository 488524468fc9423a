import { event } from '../outbox/outbox.js';

/** A delivery waits to be sent, for the first time or again. */
export const webhookDue = event<{ deliveryId: string }>('webhook.due');

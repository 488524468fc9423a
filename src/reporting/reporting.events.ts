import { event } from '../outbox/outbox.js';

/** A report or concern was received, or an existing one was extended. */
export const reportReceived = event<{ reportId: string }>('report.received');

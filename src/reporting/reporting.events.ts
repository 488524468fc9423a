import { event } from '../outbox/outbox.js';

/** A report or a worry came in; the same once more where a report is added to. */
export const reportReceived = event<{ reportId: string }>('report.received');

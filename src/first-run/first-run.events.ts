import { event } from '../outbox/outbox.js';

/** An administrator requested a test email to themselves. */
export const testMailRequested = event<{ memberId: string; asked: number }>('test-mail.asked');

import { event } from '../outbox/outbox.js';

/** An administrator requested a test email to themselves. */
export const testMailAsked = event<{ memberId: string; asked: number }>('test-mail.asked');

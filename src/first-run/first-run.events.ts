import { event } from '../outbox/outbox.js';

/** An administrator asked for an email to themselves, to see whether emails go out. */
export const testMailAsked = event<{ memberId: string; asked: number }>('test-mail.asked');

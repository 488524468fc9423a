import { event } from '../outbox/outbox.js';

/** An answer by mail waits for a moderator. */
export const mailHeld = event<{ memberId: string; asked: number }>('mail.held');
export const mailRefused = event<{ memberId: string; asked: number }>('mail.refused');

import { event } from '../outbox/outbox.js';

/**
 * A reply by email is held for a moderator, or was rejected and stored: its author has a notice.
 */
export const mailHeld = event<{ memberId: string; asked: number }>('mail.held');
export const mailRefused = event<{ memberId: string; asked: number }>('mail.refused');

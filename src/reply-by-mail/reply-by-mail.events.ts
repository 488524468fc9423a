import { event } from '../outbox/outbox.js';

/** A reply by mail is held for a moderator, or was refused and kept: its writer has a notice. */
export const mailHeld = event<{ memberId: string; asked: number }>('mail.held');
export const mailRefused = event<{ memberId: string; asked: number }>('mail.refused');

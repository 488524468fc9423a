import { event } from '../outbox/outbox.js';

export const mailRefused = event<{ memberId: string; asked: number }>('mail.refused');

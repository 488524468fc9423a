import { event } from '../../outbox/outbox.js';

export const noticeCreated = event<{ noticeId: string }>('notice.made');

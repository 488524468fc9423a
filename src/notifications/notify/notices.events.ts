import { event } from '../../outbox/outbox.js';

export const noticeMade = event<{ noticeId: string }>('notice.made');

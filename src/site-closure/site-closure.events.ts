import { event } from '../outbox/outbox.js';

/** There is news about the closing of the site; `asked` is the time of the news. */
export const siteClosureTold = event<{ closureId: string; asked: number }>('site-closure.told');

import { event } from '../outbox/outbox.js';

/** There is a new announcement about the closure; `asked` is its time. */
export const siteClosureAnnounced = event<{ closureId: string; asked: number }>(
  'site-closure.told',
);

import type { EventRoutes } from '../outbox/relay.js';

/** What follows from what happened. One line an event; the jobs are in the features that own them. */
export const eventRoutes: EventRoutes = {
  'thread.posted': [],
  'reply.posted': [{ job: 'tell-of-reply', queue: 'default' }],
  'post.edited': [],
  'post.withdrawn': [],
  'notice.made': [{ job: 'mail-notice', queue: 'default' }],
};

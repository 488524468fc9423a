import type { EventRoutes } from '../outbox/relay.js';

/** What follows from what happened. One line an event; the jobs are in the features that own them. */
export const eventRoutes: EventRoutes = {
  'member.signed-up': [{ job: 'mail-verification', queue: 'urgent' }, { job: 'plan-mails', queue: 'default' }],
  'verification.asked': [{ job: 'mail-verification', queue: 'urgent' }],
  'sign-up.repeated': [{ job: 'mail-already-a-member', queue: 'urgent' }],
  'password-reset.asked': [{ job: 'mail-reset', queue: 'urgent' }],
  'address-change.asked': [{ job: 'mail-address-change', queue: 'urgent' }],
  'thread.locked': [{ job: 'tell-of-lock', queue: 'default' }],
  'thread.posted': [{ job: 'tell-of-thread', queue: 'default' }],
  'reply.posted': [{ job: 'tell-of-reply', queue: 'default' }],
  'post.edited': [],
  'post.withdrawn': [],
  'case.opened': [],
  'case.raised': [],
  'decision.made': [{ job: 'tell-of-decision', queue: 'default' }],
  'alias.unmasked': [{ job: 'tell-of-unmasking', queue: 'urgent' }],
  'team.wrote': [{ job: 'tell-of-team-message', queue: 'default' }],
  'answer.given': [{ job: 'tell-of-answer', queue: 'default' }],
  'visit.ended': [{ job: 'forget-visit', queue: 'default' }],
  'group-request.answered': [{ job: 'tell-of-group-request', queue: 'default' }],
  'look-back.composed': [{ job: 'tell-of-look-back', queue: 'default' }],
  'practice.due': [{ job: 'tell-of-practice', queue: 'default' }],
  'nearer.due': [{ job: 'tell-of-nearer', queue: 'default' }],
  'notice.made': [{ job: 'mail-notice', queue: 'default' }],
};

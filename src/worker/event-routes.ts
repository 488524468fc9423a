import type { EventRoutes } from '../outbox/relay.js';

/**
 * What follows from what happened. One line an event; the jobs are in the features that own them.
 */
export const eventRoutes: EventRoutes = {
  'member.signed-up': [
    { job: 'mail-verification', queue: 'urgent' },
    { job: 'plan-mails', queue: 'default' },
  ],
  'verification.asked': [{ job: 'mail-verification', queue: 'urgent' }],
  'sign-up.repeated': [{ job: 'mail-already-a-member', queue: 'urgent' }],
  'password-reset.asked': [{ job: 'mail-reset', queue: 'urgent' }],
  'credentials.changed': [{ job: 'mail-credential-change', queue: 'urgent' }],
  'address-change.asked': [{ job: 'mail-address-change', queue: 'urgent' }],
  'thread.locked': [{ job: 'tell-of-lock', queue: 'default' }],
  'thread.posted': [{ job: 'tell-of-thread', queue: 'default' }],
  'reply.posted': [
    { job: 'tell-of-reply', queue: 'default' },
    { job: 'offer-rest', queue: 'bulk' },
  ],
  'post.edited': [],
  'post.withdrawn': [],
  'case.opened': [{ job: 'raise-alarms', queue: 'urgent' }],
  'case.raised': [{ job: 'raise-alarms', queue: 'urgent' }],
  'alarm.raised': [
    { job: 'mail-alarm', queue: 'urgent' },
    { job: 'tell-of-alarm', queue: 'urgent' },
  ],
  'alarm.called': [{ job: 'call-out', queue: 'urgent' }],
  'decision.made': [
    { job: 'tell-of-decision', queue: 'default' },
    { job: 'give-aftercare', queue: 'default' },
  ],
  'pair.asked': [{ job: 'tell-of-pair', queue: 'urgent' }],
  'reminder.due': [{ job: 'tell-of-reminder', queue: 'default' }],
  'aftercare.given': [{ job: 'tell-of-aftercare', queue: 'default' }],
  'alias.unmasked': [{ job: 'tell-of-unmasking', queue: 'urgent' }],
  'team.wrote': [{ job: 'tell-of-team-message', queue: 'default' }],
  'answer.given': [{ job: 'tell-of-answer', queue: 'default' }],
  'supporter.asked': [{ job: 'tell-of-asking', queue: 'default' }],
  'rest.offered': [{ job: 'tell-of-rest', queue: 'default' }],
  'visit.ended': [{ job: 'forget-visit', queue: 'default' }],
  'group-request.answered': [{ job: 'tell-of-group-request', queue: 'default' }],
  'look-back.composed': [{ job: 'tell-of-look-back', queue: 'default' }],
  'practice.due': [{ job: 'tell-of-practice', queue: 'default' }],
  'nearer.due': [{ job: 'tell-of-nearer', queue: 'default' }],
  'strategy.reviewed': [{ job: 'tell-of-review', queue: 'default' }],
  'strategy.proposed-for-post': [{ job: 'tell-of-proposal', queue: 'default' }],
  'strategy.wished': [{ job: 'tell-of-wish', queue: 'default' }],
  'mail.held': [{ job: 'mail-hold', queue: 'default' }],
  'mail.refused': [{ job: 'mail-refusal', queue: 'default' }],
  'notice.made': [{ job: 'mail-notice', queue: 'default' }],
};

import { event } from '../outbox/outbox.js';

export const answerGiven = event<{ answerId: string }>('answer.given');
/** A member asked to join a community that approves its members. */
export const joinRequested = event<{ communityId: string }>('community.join-requested');
export const visitEnded = event<{ memberId: string; communityId: string }>('visit.ended');

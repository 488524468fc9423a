import { event } from '../outbox/outbox.js';

export const answerGiven = event<{ answerId: string }>('answer.given');
/** Somebody asked to join a community that decides who joins. */
export const joinRequested = event<{ communityId: string }>('community.join-requested');
export const visitEnded = event<{ memberId: string; communityId: string }>('visit.ended');

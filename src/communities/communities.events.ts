import { event } from '../outbox/outbox.js';

export const answerGiven = event<{ answerId: string }>('answer.given');
export const visitEnded = event<{ memberId: string; communityId: string }>('visit.ended');

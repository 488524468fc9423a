import { event } from '../outbox/outbox.js';

export const caseOpened = event<{ caseId: string }>('case.opened');
/**
 * Something new came to an open case: a higher tier, another reason, a held post that nobody read
 * in time.
 */
export const caseRaised = event<{ caseId: string }>('case.raised');

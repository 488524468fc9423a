import { event } from '../outbox/outbox.js';

export const caseOpened = event<{ caseId: string }>('case.opened');
/** An open case changed: a higher tier, another reason, or a held post that nobody read in time. */
export const caseRaised = event<{ caseId: string }>('case.raised');

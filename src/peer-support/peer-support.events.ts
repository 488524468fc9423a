import { event } from '../outbox/outbox.js';

/** A member offered to be a peer supporter of a community. */
export const supportOffered = event<{ communityId: string }>('community.support-offered');
export const supporterAsked = event<{ askingId: string }>('supporter.asked');
export const breakOffered = event<{ restId: string }>('rest.offered');

import { event } from '../outbox/outbox.js';

export const memberSignedUp = event<{ memberId: string; asked: number }>('member.signed-up');
export const verificationRequested = event<{ memberId: string; asked: number }>(
  'verification.asked',
);
export const signUpRepeated = event<{ memberId: string; asked: number }>('sign-up.repeated');
export const resetRequested = event<{ memberId: string; asked: number }>('password-reset.asked');
/** A password, address or other credential was changed. */
export const credentialsChanged = event<{ changeId: string }>('credentials.changed');
export const addressChangeRequested = event<{ memberId: string; asked: number }>(
  'address-change.asked',
);

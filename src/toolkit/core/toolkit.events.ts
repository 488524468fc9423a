import { event } from '../../outbox/outbox.js';

export const lookBackComposed = event<{ letterId: string }>('look-back.composed');
/** The second id is the number of the reminder, so that each is told once. */
export const practiceDue = event<{ memberId: string; reminderId: string }>('practice.due');
export const followUpDue = event<{ sheetId: string }>('nearer.due');

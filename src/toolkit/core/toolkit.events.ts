import { event } from '../../outbox/outbox.js';

export const lookBackComposed = event<{ letterId: string }>('look-back.composed');
/** `reminderId` makes each reminder notify only once. */
export const practiceDue = event<{ memberId: string; reminderId: string }>('practice.due');
export const followUpDue = event<{ sheetId: string }>('nearer.due');

import { event } from '../../outbox/outbox.js';

export const decisionMade = event<{ decisionId: string }>('decision.made');
/** The team wrote to the member under an earlier decision. */
export const teamWrote = event<{ decisionId: string; messageId: string }>('team.wrote');
/** Two people agreed to see who writes under an alias. */
export const aliasUnmasked = event<{ unmaskingId: string; caseId: string }>('alias.unmasked');
/** A moderator is called to cases; the alarm represents all that were raised for them at once. */
export const alarmRaised = event<{ alarmId: string }>('alarm.raised');
/** The same, to the operator's webhook. */
export const alarmCalled = event<{ alarmId: string }>('alarm.called');
/** A colleague is asked into a case. */
export const pairAsked = event<{ caseId: string; memberId: string }>('pair.asked');
/** A day, or three, have passed since a moderator handled a crisis. */
export const reminderDue = event<{ reminderId: string }>('reminder.due');
/** A note for a member who answered in a thread with a crisis. */
export const aftercareGiven = event<{ aftercareId: string }>('aftercare.given');

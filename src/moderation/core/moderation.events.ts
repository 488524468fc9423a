import { event } from '../../outbox/outbox.js';

export const decisionMade = event<{ decisionId: string }>('decision.made');
/** The team sent the member a message under an earlier decision. */
export const teamMessageSent = event<{ decisionId: string; messageId: string }>('team.wrote');
/** Two people agreed to unmask an alias. */
export const aliasUnmasked = event<{ unmaskingId: string; caseId: string }>('alias.unmasked');
/**
 * Moderators are called to cases. One alarm represents all that were raised for them in the same
 * run.
 */
export const alarmRaised = event<{ alarmId: string }>('alarm.raised');
/** The same alarm, for the operator's webhook. */
export const alertWebhookDue = event<{ alarmId: string }>('alarm.called');
/** A colleague is invited into a case. */
export const pairInvited = event<{ caseId: string; memberId: string }>('pair.asked');
/** One or three days have passed since a moderator handled a crisis. */
export const reminderDue = event<{ reminderId: string }>('reminder.due');
/** A note is due to a member who replied in a thread with a crisis. */
export const aftercareGiven = event<{ aftercareId: string }>('aftercare.given');

import { event } from '../../outbox/outbox.js';

export const decisionMade = event<{ decisionId: string }>('decision.made');
/** A line to the member from the team, under an earlier decision. */
export const teamWrote = event<{ decisionId: string; messageId: string }>('team.wrote');
/** Two people let themselves see who writes under an alias. */
export const aliasUnmasked = event<{ unmaskingId: string; caseId: string }>('alias.unmasked');
/** Somebody is called to one or more cases; the alarm stands for all of the same moment. */
export const alarmRaised = event<{ alarmId: string }>('alarm.raised');
/** The same, to the operator's own address. */
export const alarmCalled = event<{ alarmId: string }>('alarm.called');
/** A colleague is asked into a case. */
export const pairAsked = event<{ caseId: string; memberId: string }>('pair.asked');
/** A day, or three, after somebody handled a crisis. */
export const reminderDue = event<{ reminderId: string }>('reminder.due');
/** Somebody answered in a thread in which somebody was in crisis. */
export const aftercareGiven = event<{ aftercareId: string }>('aftercare.given');

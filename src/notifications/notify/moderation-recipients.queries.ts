import { statement } from '../../kernel/sql.js';
import type { Recipient, RecipientOfKind } from './recipient.js';

/**
 * The member a decision is about, the members who reported, and the member who appealed; each
 * notice links to what its recipient may read.
 */
export const concernedByDecision = statement<{ decisionId: string }, RecipientOfKind>(
  'notifications.concerned-by-decision',
  `
    select d.member_id as "memberId", case d.action
      when 'publish' then 'post-published'
      when 'return' then 'post-returned'
      when 'reach-out' then 'reach-out'
      else 'decision' end as kind, d.id as "subjectId"
    from decisions d
    where d.id = :decisionId
      and d.member_id is not null
      and coalesce((d.detail->>'told')::boolean, false)
    union
    select r.reporter_id, 'report-answered', d.id
    from decisions d
    join reports r on r.case_id = d.case_id
      and r.reporter_id is not null
      and r.answered_at is not null
      and r.created_at <= d.created_at
    where d.id = :decisionId
      and d.action not in ('reach-out', 'escalate')
      and d.member_id is distinct from r.reporter_id
    union
    select a.appellant_id, 'appeal-answered', a.decision_id
    from decisions d
    join appeals a on a.case_id = d.case_id and a.appellant_id is not null and a.outcome is not null
    where d.id = :decisionId
    order by 1, 2
  `,
);

/** The recipient of the team's message about a decision. */
export const addresseeOfTeamMessage = statement<
  { decisionId: string; messageId: string },
  Recipient
>(
  'notifications.addressee-of-team-message',
  `
    select d.member_id as "memberId", d.id as "subjectId"
    from decisions d
    join decision_messages x on x.decision_id = d.id
    where d.id = :decisionId
      and x.id = :messageId
      and x.from_team
      and d.member_id is not null
  `,
);

/** Deletes an earlier notice that was read, so that the member is notified again. */
export const readNoticeOfTeamMessages = statement<
  { decisionId: string; messageId: string },
  object
>(
  'notifications.read-notice-of-team-messages',
  `
    delete from notices n
    using decisions d, decision_messages x
    where d.id = :decisionId
      and x.id = :messageId
      and n.member_id = d.member_id
      and n.subject_id = d.id
      and n.kind = 'reach-out'
      and n.read_at is not null
      and n.created_at < x.created_at
  `,
);

/** Every administrator. */
export const administrators = statement<{ unmaskingId: string }, Recipient>(
  'notifications.administrators',
  `
    select id as "memberId", :unmaskingId::bigint as "subjectId"
    from members
    where role = 'admin' and closed_at is null
    order by id
  `,
);

/** The moderator whom an alert is sent to; nobody if it only went to the operator. */
export const alertedModerator = statement<{ alarmId: string }, Recipient>(
  'notifications.called-moderator',
  `
    select member_id as "memberId", id as "subjectId"
    from case_alarms
    where id = :alarmId and member_id is not null
  `,
);

/** Deletes earlier notices of alerts: a moderator has one, however often they are alerted. */
export const earlierAlarmNotices = statement<{ alarmId: string }, object>(
  'notifications.earlier-alarm-notices',
  `
    delete from notices n
    using case_alarms a
    where a.id = :alarmId
      and n.member_id = a.member_id
      and n.kind = 'on-call'
      and n.subject_id < a.id
  `,
);

/** The moderator who was asked to review a case together. */
export const pairedModerator = statement<{ caseId: string; memberId: string }, Recipient>(
  'notifications.paired-moderator',
  'select :memberId::bigint as "memberId", :caseId::bigint as "subjectId"',
);

/** The moderator whom a reminder is for. */
export const remindedModerator = statement<{ reminderId: string }, RecipientOfKind>(
  'notifications.reminded-moderator',
  `
    select member_id as "memberId", case_id as "subjectId", about as kind
    from case_reminders
    where id = :reminderId
  `,
);

/** Deletes the first reminder's notice, which the second replaces. */
export const earlierReminderNotices = statement<{ reminderId: string }, object>(
  'notifications.earlier-reminder-notices',
  `
    delete from notices n
    using case_reminders r
    where r.id = :reminderId
      and n.member_id = r.member_id
      and n.subject_id = r.case_id
      and n.kind = r.about
      and n.created_at < r.created_at
  `,
);

/** The moderator for whom an aftercare note was written. */
export const moderatorInAftercare = statement<{ aftercareId: string }, Recipient>(
  'notifications.moderator-in-aftercare',
  `
    select member_id as "memberId", id as "subjectId"
    from aftercare_notes
    where id = :aftercareId
  `,
);

import { kind, type Kind } from './kind.js';

/** Reports, cases, decisions, and the moderators' own records. */
export const MODERATION: readonly Kind[] = [
  kind('cases', 'review_cases', 'What moderators have looked at or still have to'),
  kind('case-reasons', 'case_reasons', 'The reasons for a case'),
  kind('case-notes', 'case_notes', 'What moderators noted on a case'),
  kind('case-reads', 'case_reads', 'Which moderator has read a case'),
  kind('case-handovers', 'case_passes', 'Which moderator passed a case on', {
    fields: { passed_at: 'handedOverAt' },
  }),
  kind('case-pairs', 'case_pairs', 'Moderators who work on a case together'),
  kind('case-alarms', 'case_alarms', 'Who was alerted to a case'),
  kind('case-reminders', 'case_reminders', 'Who was reminded of a case'),
  kind('refused-mails', 'refused_mails', 'Emails that sounded like danger and could not be posted'),
  kind('reports', 'reports', 'What members reported, with the text as it was'),
  kind('report-contacts', 'report_contacts', 'How to reach people without an account who reported'),
  kind('decisions', 'decisions', 'Statements of reasons'),
  kind('decision-messages', 'decision_messages', 'What was written about a decision afterwards'),
  kind('appeals', 'appeals', 'Appeals against decisions, and their outcome'),
  kind('proposals', 'proposals', 'Decisions that need a second moderator', {
    fields: { asked_by: 'proposedBy' },
  }),
  kind('follow-ups', 'follow_ups', 'Decisions that a second person checks'),
  kind('escalations', 'escalations', 'Records of calls to emergency services', {
    fields: { told: 'informed', said: 'statement', shared: 'sharedDetails' },
  }),
  kind('unmaskings', 'unmaskings', 'Who asked to see who writes under an alias, and why', {
    fields: { asked_by: 'requestedBy' },
  }),
  kind('member-notes', 'member_notes', 'What moderators noted about a member'),
  kind('audit-log', 'moderation_log', 'Every action of moderators and administrators', {
    fields: { deed: 'action' },
  }),
  kind('reply-templates', 'reply_templates', 'Reply templates for moderators'),
  kind('word-rules', 'word_rules', 'Words that bring a post to the moderators', {
    fields: { why: 'reason', to_writer: 'messageToWriter' },
  }),
  kind('shifts', 'shifts', 'Who is on call'),
  kind('alarm-settings', 'alarm_settings', 'Who wants alerts by email', {
    fields: { mail: 'byMail' },
  }),
  kind('shift-handovers', 'handovers', 'Notes from one shift to the next'),
  kind('debriefs', 'debriefs', 'Talks after a hard case', { fields: { asked_at: 'requestedAt' } }),
  kind('rest-offers', 'rests_offered', 'Breaks that were offered to members'),
  kind('aftercare-notes', 'aftercare_notes', 'Thanks to members after a hard thread'),
];

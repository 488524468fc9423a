import { kind, type Kind } from './kind.js';

/** Reports, cases, decisions and what moderators do for each other. */
export const MODERATION: readonly Kind[] = [
  kind('cases', 'review_cases', 'What moderators looked at, or have to'),
  kind('case-reasons', 'case_reasons', 'Why a case is there'),
  kind('case-notes', 'case_notes', 'What moderators noted on a case'),
  kind('case-reads', 'case_reads', 'Which moderator has read a case'),
  kind('case-handovers', 'case_passes', 'Which moderator gave a case away', {
    fields: { passed_at: 'handedOverAt' },
  }),
  kind('case-pairs', 'case_pairs', 'Moderators who work on a case together'),
  kind('case-alarms', 'case_alarms', 'Who was called to a case'),
  kind('case-reminders', 'case_reminders', 'Who was reminded of a case'),
  kind('refused-mails', 'refused_mails', 'Mails in danger that could not be posted, and were kept'),
  kind('reports', 'reports', 'What members reported, with the text as it was'),
  kind('report-contacts', 'report_contacts', 'How to reach people without an account who reported'),
  kind('decisions', 'decisions', 'Statements of reasons'),
  kind('decision-messages', 'decision_messages', 'What was written about a decision afterwards'),
  kind('appeals', 'appeals', 'Objections to decisions, and what became of them'),
  kind('proposals', 'proposals', 'Decisions that need a second moderator', {
    fields: { asked_by: 'proposedBy' },
  }),
  kind('follow-ups', 'follow_ups', 'Decisions that are looked at once more'),
  kind('escalations', 'escalations', 'What was told to whom outside, and why', {
    fields: { told: 'informed', said: 'statement', shared: 'sharedDetails' },
  }),
  kind('unmaskings', 'unmaskings', 'Who asked to see who writes under an alias, and why', {
    fields: { asked_by: 'requestedBy' },
  }),
  kind('member-notes', 'member_notes', 'What moderators noted about a member'),
  kind('audit-log', 'moderation_log', 'Every act of moderators and administrators', {
    fields: { deed: 'action' },
  }),
  kind('reply-templates', 'reply_templates', 'Wordings for moderators'),
  kind('word-rules', 'word_rules', 'Words that bring a text to moderators', {
    fields: { why: 'reason', to_writer: 'messageToWriter' },
  }),
  kind('shifts', 'shifts', 'Who is on call'),
  kind('alarm-settings', 'alarm_settings', 'Who wants alarms by mail', {
    fields: { mail: 'byMail' },
  }),
  kind('shift-handovers', 'handovers', 'What one shift tells the next'),
  kind('debriefs', 'debriefs', 'Talks after a hard case', { fields: { asked_at: 'requestedAt' } }),
  kind('rest-offers', 'rests_offered', 'Breaks that were offered to somebody'),
  kind('aftercare-notes', 'aftercare_notes', 'Threads whose author was asked how it goes'),
];

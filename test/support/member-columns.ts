import type { Part } from '../../src/account-data/exported-parts.js';

/**
 * What happens to a column that refers to a member. `part` is the part of the export that contains
 * the row; `unexported` says why none does. `erased` is true if closing the account removes the
 * reference to the member; otherwise it says why not.
 */
export type ColumnRule = { erased: true | string } & ({ part: Part } | { unexported: string });

const part = (name: Part): ColumnRule => ({ part: name, erased: true });
const STAFF = 'Work of a moderator about somebody else, and part of the record of that case.';
const NAMELESS = 'The id stays in the record of the case; it is of an account without a name.';
const staff: ColumnRule = { unexported: STAFF, erased: NAMELESS };
const away = (unexported: string): ColumnRule => ({ unexported, erased: true });
const SEALED =
  'Encrypted for the member alone: in the download of the toolkit, under its own lock.';

/** Every column that refers to a member, with its rule. */
export const MEMBER_COLUMNS: Record<string, ColumnRule> = {
  'access_tokens.member_id': part('links'),
  'aftercare_notes.member_id': part('careNotes'),
  'alarm_settings.member_id': part('alarmMails'),
  'alias_blocks.alias_id': {
    unexported: 'Who hides the member: that would tell on others.',
    erased: 'Goes with the alias; an alias without a member is nobody.',
  },
  'alias_blocks.member_id': part('blockedAliases'),
  'appeals.appellant_id': part('appeals'),
  'askings.member_id': part('questionsAsked'),
  'blocks.blocked_id': away('Who hides the member: that would tell on others.'),
  'blocks.member_id': part('blocked'),
  'case_alarms.member_id': away(STAFF),
  'case_notes.author_id': staff,
  'case_pairs.invited_by': staff,
  'case_pairs.member_id': away(STAFF),
  'case_passes.member_id': away(STAFF),
  'case_reads.member_id': staff,
  'case_reminders.member_id': away(STAFF),
  'check_ins.member_id': away(SEALED),
  'community_prompts.author_id': part('prompts'),
  'coping_strategies.member_id': part('strategies'),
  'credential_changes.member_id': part('credentialChanges'),
  'debriefs.done_by': staff,
  'debriefs.member_id': part('debriefs'),
  'decision_messages.author_id': part('teamMessages'),
  'decisions.actor_id': staff,
  'decisions.member_id': {
    part: 'decisions',
    erased: 'What was decided stays for the figures and for appeals of others. ' + NAMELESS,
  },
  'decisions.second_id': staff,
  'digests.member_id': part('digests'),
  'drafts.member_id': part('drafts'),
  'escalations.recorded_by': staff,
  'escalations.second_id': staff,
  'follow_ups.done_by': staff,
  'group_requests.answered_by': staff,
  'group_requests.member_id': part('groupRequests'),
  'guideline_acknowledgements.member_id': part('guidelines'),
  'handovers.author_id': staff,
  'imported_members.member_id': away(
    'The number that the account had on another site, from which it was brought over.',
  ),
  'known_devices.member_id': part('devices'),
  'leave_tokens.member_id': part('links'),
  'mail_bounces.member_id': part('mails'),
  'mail_choices.member_id': part('mailChoices'),
  'mail_deliveries.member_id': part('mails'),
  'mail_settings.member_id': part('mail'),
  'mail_suppressions.member_id': part('mails'),
  'mails_taken_in.member_id': part('mails'),
  'member_answers.member_id': part('requestAnswers'),
  'member_notes.author_id': staff,
  'member_notes.member_id': away(
    'They may speak of others: given on request, after the team has read them.',
  ),
  'memberships.member_id': part('memberships'),
  'moderation_log.actor_id': staff,
  'moderation_log.member_id': {
    unexported: 'Decisions about the member are in the export; the rest is work of moderators.',
    erased: 'Nothing in the audit log can be changed. ' + NAMELESS,
  },
  'muted_words.member_id': part('mutedWords'),
  'note_choices.member_id': part('contentNotes'),
  'notices.member_id': part('notices'),
  'one_time_tokens.member_id': part('links'),
  'organisation_identities.member_id': part('secondStep'),
  'passkeys.member_id': part('secondStep'),
  'post_mentions.member_id': part('mentions'),
  'post_strategies.proposed_by': part('strategySuggestions'),
  'posts.alias_id': {
    part: 'posts',
    erased: 'An alias says nothing of who it was, and stays where the words stay.',
  },
  'posts.author_id': part('posts'),
  'private_feeds.member_id': part('links'),
  'private_keys.member_id': away(SEALED),
  'proposals.asked_by': staff,
  'proposals.settled_by': staff,
  'push_subscriptions.member_id': part('notifiedDevices'),
  'reactions.member_id': {
    part: 'reactions',
    erased:
      'The counts of other people’s posts stay right. The id is of an account without a name.',
  },
  'recovery_codes.member_id': part('secondStep'),
  'refused_mails.member_id': part('mails'),
  'reply_addresses.member_id': part('links'),
  'reply_templates.updated_by': staff,
  'reports.reporter_id': part('reports'),
  'resource_versions.member_id': staff,
  'rests_offered.member_id': part('breaksOffered'),
  'review_cases.claimed_by': away(STAFF),
  'review_cases.member_id': {
    unexported: 'Decisions are in the export; a case that led to none says what others reported.',
    erased: NAMELESS,
  },
  'safety_plans.member_id': away(SEALED),
  'saved_searches.member_id': part('savedSearches'),
  'second_factor_resets.asked_by': staff,
  'second_factor_resets.member_id': part('secondStepResets'),
  'second_factor_resets.settled_by': staff,
  'sessions.member_id': part('sessions'),
  'shifts.entered_by': staff,
  'shifts.member_id': part('shifts'),
  'site_settings.updated_by': staff,
  'strategy_feedback.member_id': part('strategyFeedback'),
  'strategy_hides.member_id': part('strategyHides'),
  'strategy_wishes.asked_by': part('strategySuggestions'),
  'supporters.answered_by': staff,
  'supporters.member_id': part('supporting'),
  'thread_aliases.member_id': part('aliases'),
  'thread_follows.member_id': part('follows'),
  'poll_votes.member_id': part('pollVotes'),
  'thread_saves.member_id': part('savedThreads'),
  'thread_updates.written_by': part('threadUpdates'),
  'toolkit_collections.member_id': away(SEALED),
  'toolkit_items.member_id': away(SEALED),
  'toolkit_letters.member_id': away(SEALED),
  'toolkit_settings.member_id': away(SEALED),
  'toolkit_shares.member_id': away(SEALED),
  'toolkit_sheets.member_id': away(SEALED),
  'topic_opt_outs.member_id': part('topicsLeftOut'),
  'totp_secrets.member_id': part('secondStep'),
  'unmaskings.alias_id': {
    unexported: 'Told to the member in the decision, where the case leads to one.',
    erased: 'The record that somebody asked stays; the alias has no member any more.',
  },
  'unmaskings.asked_by': staff,
  'unmaskings.settled_by': staff,
  'word_rules.created_by': staff,
};

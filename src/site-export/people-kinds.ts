import { kind, type Kind } from './kind.js';

/** Accounts, their settings, and blocks between members. */
export const PEOPLE_KINDS: readonly Kind[] = [
  kind('members', 'members', 'Accounts, with the hash of the password (Argon2, PHC string)', {
    fields: { age_confirmed_at: 'ageConfirmedAt' },
  }),
  kind('reserved-handles', 'handle_reservations', 'Handles that are reserved for a while'),
  kind('passkeys', 'passkeys', 'Public keys for logging in without a password (WebAuthn)'),
  kind('authenticators', 'totp_secrets', 'Secrets of authenticator apps, sealed', {
    fields: { sealed_by: 'keyMark' },
  }),
  kind('recovery-codes', 'recovery_codes', 'Salted digests of codes for a lost second factor'),
  kind(
    'organisation-identities',
    'organisation_identities',
    'Digests of log-ins through an organisation',
  ),
  kind('second-factor-resets', 'second_factor_resets', 'Who asked to reset whose second factor'),
  kind('credential-changes', 'credential_changes', 'Changes of password and address'),
  kind('private-keys', 'private_keys', 'Each member’s own key, wrapped by PRIVATE_KEY', {
    fields: { wrapped_by: 'keyMark' },
  }),
  kind('member-blocks', 'blocks', 'Who has hidden whom', {
    fields: { blocked_id: 'blockedMemberId' },
  }),
  kind('alias-blocks', 'alias_blocks', 'Who has hidden which alias'),
  kind('muted-words', 'muted_words', 'Words that a member has muted'),
  kind('content-note-choices', 'note_choices', 'How a member wants content notes handled'),
  kind('topic-opt-outs', 'topic_opt_outs', 'Topics that a moderator has muted'),
  kind('saved-searches', 'saved_searches', 'Searches that a member saved'),
  kind('drafts', 'drafts', 'Unfinished posts', {
    fields: { others: 'olderDrafts' },
  }),
];

/** Emails and notifications. */
export const NOTICES: readonly Kind[] = [
  kind('mail-settings', 'mail_settings', 'When and how a member wants emails'),
  kind('mail-choices', 'mail_choices', 'How often, by kind and community'),
  kind('mail-suppressions', 'mail_suppressions', 'Members whose emails are stopped, and why'),
  kind('mail-bounces', 'mail_bounces', 'Bounces from mail servers'),
  kind(
    'mail-deliveries',
    'mail_deliveries',
    'Emails that were sent or are waiting, without their text',
    {
      leftOut: { lease_until: 'says which process is sending it right now' },
    },
  ),
  kind('unsubscribe-tokens', 'leave_tokens', 'Hashes of the links that stop emails'),
  kind('reply-addresses', 'reply_addresses', 'Hashes of the addresses for replying by email'),
  kind('received-mails', 'mails_taken_in', 'Hashes of received emails, so that none counts twice'),
  kind('digests', 'digests', 'Digests that were planned or sent', {
    leftOut: { lease_until: 'says which process is sending it right now' },
  }),
  kind('notices', 'notices', 'What members’ inboxes show'),
  kind('thread-follows', 'thread_follows', 'Which threads a member follows or has muted'),
  kind('pending-events', 'outbox', 'Events that have not reached the queues yet', {
    where: 'dispatched_at is null',
    leftOut: { dispatched_at: 'is empty for all of them' },
  }),
];

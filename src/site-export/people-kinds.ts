import { kind, type Kind } from './kind.js';

/** Accounts, what they chose, and who stays away from whom. */
export const PEOPLE: readonly Kind[] = [
  kind('members', 'members', 'Accounts, with the hash of the password (Argon2, PHC string)', {
    fields: { age_confirmed_at: 'ageConfirmedAt' },
  }),
  kind('reserved-handles', 'handle_reservations', 'Handles that nobody may take for a while'),
  kind('passkeys', 'passkeys', 'Public keys for logging in without a password (WebAuthn)'),
  kind('authenticators', 'totp_secrets', 'Secrets of authenticator apps, sealed', {
    fields: { sealed_by: 'keyMark' },
  }),
  kind('recovery-codes', 'recovery_codes', 'Salted digests of codes for a lost second factor'),
  kind('organisation-identities', 'organisation_identities', 'Digests of log-ins elsewhere'),
  kind('second-factor-resets', 'second_factor_resets', 'Who asked to reset whose second factor'),
  kind('credential-changes', 'credential_changes', 'Changes of password and address'),
  kind('private-keys', 'private_keys', 'Each member’s own key, wrapped by PRIVATE_KEY', {
    fields: { wrapped_by: 'keyMark' },
  }),
  kind('member-blocks', 'blocks', 'Who does not want to meet whom', {
    fields: { blocked_id: 'blockedMemberId' },
  }),
  kind('alias-blocks', 'alias_blocks', 'Who does not want to meet which alias'),
  kind('muted-words', 'muted_words', 'Words that a member does not want to read'),
  kind('content-note-choices', 'note_choices', 'What a member does with a content note'),
  kind('topic-opt-outs', 'topic_opt_outs', 'Topics on which a member is not asked for help'),
  kind('saved-searches', 'saved_searches', 'Searches that a member kept'),
  kind('drafts', 'drafts', 'What members have begun to write', {
    fields: { others: 'olderDrafts' },
  }),
];

/** Mail and what tells people that something happened. */
export const NOTICES: readonly Kind[] = [
  kind('mail-settings', 'mail_settings', 'When and how a member wants mail'),
  kind('mail-choices', 'mail_choices', 'How often, by kind and community'),
  kind('mail-suppressions', 'mail_suppressions', 'Members to whom no mail goes, and why'),
  kind('mail-bounces', 'mail_bounces', 'What mail servers answered'),
  kind('mail-deliveries', 'mail_deliveries', 'Mails that were sent or wait, without their text', {
    leftOut: { lease_until: 'says which process is sending it just now' },
  }),
  kind('unsubscribe-tokens', 'leave_tokens', 'Hashes of the links that end mails'),
  kind('reply-addresses', 'reply_addresses', 'Hashes of the addresses that take answers by mail'),
  kind('received-mails', 'mails_taken_in', 'Hashes of mails that came, so that none counts twice'),
  kind('digests', 'digests', 'Digests that were planned or sent', {
    leftOut: { lease_until: 'says which process is sending it just now' },
  }),
  kind('notices', 'notices', 'What the page of notifications shows'),
  kind('thread-follows', 'thread_follows', 'Which threads a member follows or has muted'),
  kind('pending-events', 'outbox', 'What happened and has not reached the queues yet', {
    where: 'dispatched_at is null',
    leftOut: { dispatched_at: 'is empty for all of them' },
  }),
];

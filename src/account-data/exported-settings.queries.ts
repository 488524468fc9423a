import { statement } from '../kernel/sql.js';
import type { MemberParams, Row } from './account-data.queries.js';

/** A member's settings and log-in methods, one statement for each part of the export. */
export const settingsParts = {
  secondStep: statement<MemberParams, Row>(
    'own-data.second-step',
    `
      select 'app' as kind, '' as name, created_at as "addedAt", null::timestamptz as "lastUsedAt"
      from totp_secrets
      where member_id = :memberId
      union all
      select 'passkey', name, created_at, last_used_at
      from passkeys
      where member_id = :memberId
      union all
      select 'organisation', '', created_at, null
      from organisation_identities
      where member_id = :memberId
      union all
      select 'recovery code', '', created_at, used_at
      from recovery_codes
      where member_id = :memberId
      order by 3
    `,
  ),
  links: statement<MemberParams, Row>(
    'own-data.links',
    `
      select purpose, email::text, created_at as "askedAt", expires_at as "endsAt"
      from one_time_tokens
      where member_id = :memberId
      union all
      select 'answer by mail', null, made_at, null
      from reply_addresses
      where member_id = :memberId
      union all
      select 'unsubscribe: ' || scope, null, null, null
      from leave_tokens
      where member_id = :memberId
      union all
      select 'feed: ' || name, null, created_at, revoked_at
      from private_feeds
      where member_id = :memberId
      union all
      select 'app: ' || name || ' (' || array_to_string(scopes, ', ') || ')', null, created_at,
        coalesce(revoked_at, expires_at)
      from access_tokens
      where member_id = :memberId
      order by 3
    `,
  ),
  credentialChanges: statement<MemberParams, Row>(
    'own-data.credential-changes',
    `
      select kind, old_email::text as "earlierEmail", changed_at as at
      from credential_changes
      where member_id = :memberId
      order by id
    `,
  ),
  secondStepResets: statement<MemberParams, Row>(
    'own-data.second-step-resets',
    `
      select reason, created_at as "askedAt", allowed, settled_at as "settledAt"
      from second_factor_resets
      where member_id = :memberId
      order by id
    `,
  ),
  mutedWords: statement<MemberParams, Row>(
    'own-data.muted-words',
    'select word from muted_words where member_id = :memberId order by word',
  ),
  contentNotes: statement<MemberParams, Row>(
    'own-data.content-notes',
    'select note, choice from note_choices where member_id = :memberId order by note',
  ),
  topicsLeftOut: statement<MemberParams, Row>(
    'own-data.topics-left-out',
    'select topic from topic_opt_outs where member_id = :memberId order by topic',
  ),
  mailChoices: statement<MemberParams, Row>(
    'own-data.mail-choices',
    `
      select c.name as community, m.kind, m.frequency
      from mail_choices m
      left join communities c on c.id = m.community_id
      where m.member_id = :memberId
      order by 1 nulls first, 2
    `,
  ),
  notifiedDevices: statement<MemberParams, Row>(
    'own-data.notified-devices',
    `
      select device, created_at as since
      from push_subscriptions
      where member_id = :memberId
      order by id
    `,
  ),
  alarmMails: statement<MemberParams, Row>(
    'own-data.alarm-mails',
    'select mail from alarm_settings where member_id = :memberId',
  ),
  mails: statement<MemberParams, Row>(
    'own-data.mails',
    `
      select kind, state, created_at as at
      from mail_deliveries
      where member_id = :memberId
      union all
      select 'came back: ' || kind, code, heard_at
      from mail_bounces
      where member_id = :memberId
      union all
      select 'stopped', reason, since
      from mail_suppressions
      where member_id = :memberId
      union all
      select 'your answer', outcome, taken_at
      from mails_taken_in
      where member_id = :memberId
      union all
      select 'your answer, kept', body, received_at
      from refused_mails
      where member_id = :memberId
      order by 3
    `,
  ),
  digests: statement<MemberParams, Row>(
    'own-data.digests',
    `
      select until, status, created_at as at
      from digests
      where member_id = :memberId
      order by id
    `,
  ),
};

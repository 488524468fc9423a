import type { MailSender, MailSubject } from '../../mail/mail-appearance.js';
import { statement } from '../../kernel/sql.js';
import type { Choice, MailSafe } from './mail-choices.js';

export interface SettingsRow {
  memberId: string;
  email: string | null;
  verified: boolean;
  timeZone: string | null;
  mailSafe: MailSafe;
  mailSafeAt: Date | null;
  createdAt: Date;
  digestDay: number;
  digestHour: number;
  quietFrom: number | null;
  quietTo: number | null;
  pausedUntil: Date | null;
  content: boolean;
  sender: MailSender;
  subject: MailSubject;
  nextDigestAt: Date | null;
}

export const openSettings = statement(
  'notifications.open-settings',
  `
    insert into mail_settings (member_id)
    select id
    from members
    where id = $1
    on conflict
    do nothing
  `,
);

/** Waits for whoever else is about to change them. $1 member */
export const lockSettings = statement(
  'notifications.lock-settings',
  'select member_id from mail_settings where member_id = $1 for update',
);

export const settingsOf = statement<SettingsRow>(
  'notifications.settings',
  `
    select m.id as "memberId", m.email::text, m.email_verified_at is not null as verified,
      m.time_zone as "timeZone", m.mail_safe as "mailSafe", m.mail_safe_at as "mailSafeAt",
          m.created_at as "createdAt", s.digest_day as "digestDay", s.digest_hour as "digestHour",
            s.quiet_from as "quietFrom", s.quiet_to as "quietTo",
          s.paused_until as "pausedUntil", s.content, s.sender, s.subject,
            s.next_digest_at as "nextDigestAt"
   from mail_settings s join members m on m.id = s.member_id where s.member_id = $1`,
);

export const choicesOf = statement<Choice>(
  'notifications.choices',
  `select kind, community_id as "communityId", frequency from mail_choices where member_id = $1`,
);

export const communitiesOf = statement<{ id: string; slug: string; name: string }>(
  'notifications.communities',
  `select c.id, c.slug, c.name from memberships m join communities c on c.id = m.community_id
   where m.member_id = $1 and m.state = 'active' and c.archived_at is null order by c.name limit 100`,
);

/**
 * $1 member, $2 day, $3 hour, $4 and $5 quiet hours, $6 paused until, $7 content, $8 sender, $9
 * subject
 */
export const saveSettings = statement(
  'notifications.save-settings',
  `
    update mail_settings
    set digest_day = $2, digest_hour = $3, quiet_from = $4, quiet_to = $5, paused_until = $6,
      content = $7, sender = $8, subject = $9
    where member_id = $1
  `,
);

/** $1 member, $2 kinds, $3 communities (null for everywhere), $4 frequencies, side by side */
export const saveChoices = statement(
  'notifications.save-choices',
  `
    insert into mail_choices (member_id, kind, community_id, frequency)
    select $1, k, c, f
    from unnest($2::text[], $3::bigint[], $4::text[]) as w (k, c, f)
   on conflict (member_id, kind, community_id) do update set frequency = excluded.frequency`,
);

/** What was chosen for single communities. $1 member, $2 kinds, $3 frequencies */
export const dropOwnChoices = statement(
  'notifications.drop-own-choices',
  `
    delete
    from mail_choices
    where member_id = $1 and community_id is not null and kind = any($2) and frequency = any($3)
  `,
);

/** $1 member, $2 daily, $3 weekly, $4 when the next digest is due */
export const planDigest = statement(
  'notifications.plan-digest',
  `
    update mail_settings
    set daily = $2, weekly = $3, next_digest_at = $4, said_goodbye_at = null
    where member_id = $1
  `,
);

/** $1 member, $2 until */
export const pauseMails = statement(
  'notifications.pause',
  'update mail_settings set paused_until = $2 where member_id = $1',
);

/** $1 member, $2 now */
export const keepMails = statement(
  'notifications.keep',
  `
    update mail_settings
    set said_goodbye_at = null, paused_until = null, seen_at = $2
    where member_id = $1
  `,
);

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
  askHowItIs: boolean;
  sender: MailSender;
  subject: MailSubject;
  privateWord: string;
  nextDigestAt: Date | null;
}

/** Creates the settings with their defaults if the member has none. */
export const openSettings = statement<{ memberId: string }, object>(
  'notifications.open-settings',
  `
    insert into mail_settings (member_id)
    select id
    from members
    where id = :memberId
    on conflict
    do nothing
  `,
);

/** Locks the settings of a member, so that concurrent changes are serialised. */
export const lockSettings = statement<{ memberId: string }, object>(
  'notifications.lock-settings',
  'select member_id from mail_settings where member_id = :memberId for update',
);

export const settingsOf = statement<{ memberId: string }, SettingsRow>(
  'notifications.settings',
  `
    select m.id as "memberId", m.email::text, m.email_verified_at is not null as verified,
      m.time_zone as "timeZone", m.mail_safe as "mailSafe", m.mail_safe_at as "mailSafeAt",
      m.created_at as "createdAt", s.digest_day as "digestDay", s.digest_hour as "digestHour",
      s.quiet_from as "quietFrom", s.quiet_to as "quietTo", s.paused_until as "pausedUntil",
      s.content, s.ask_how_it_is as "askHowItIs", s.sender, s.subject,
      s.private_word as "privateWord", s.next_digest_at as "nextDigestAt"
    from mail_settings s
    join members m on m.id = s.member_id
    where s.member_id = :memberId
  `,
);

export const choicesOf = statement<{ memberId: string }, Choice>(
  'notifications.choices',
  `
    select kind, community_id as "communityId", frequency
    from mail_choices
    where member_id = :memberId
  `,
);

/** The communities for which a member can choose. */
export const communitiesOf = statement<
  { memberId: string },
  { id: string; slug: string; name: string }
>(
  'notifications.communities',
  `
    select c.id, c.slug, c.name
    from memberships m
    join communities c on c.id = m.community_id
    where m.member_id = :memberId
      and m.state = 'active'
      and c.archived_at is null
    order by c.name
    limit 100
  `,
);

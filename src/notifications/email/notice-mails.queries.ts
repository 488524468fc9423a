import { titleFor } from '../../content/visibility.js';
import { statement } from '../../kernel/sql.js';
import type { MailSender, MailSubject } from '../../mail/mail-appearance.js';
import { AUTHOR_COLUMNS, joinAuthor, type AuthorRow } from '../../posts/author.js';
import { frequencyOf, type Frequency } from '../preferences/mail-choices.js';
import { MAIL_KIND, NOTICE_JOINS, reachable, NOTIFIABLE } from './mail-eligibility.js';
import type { MailKind } from '../preferences/notice-kinds.js';

export interface DueRow {
  memberId: string;
  email: string;
  locale: string | null;
  timeZone: string | null;
  threadId: string | null;
  mailKind: MailKind;
  frequency: Frequency;
  /** The notice whose mail told of this one; null where none has. */
  mailId: string | null;
  /** When this member was last sent such a mail. */
  mailedAt: Date | null;
  seed: string;
  quietFrom: number | null;
  quietTo: number | null;
  pausedUntil: Date | null;
  content: boolean;
  sender: MailSender;
  subject: MailSubject;
}

/** The world as it is now: still unread, still readable, mail still safe. $1 notice, $2 now */
export const dueNotice = statement<DueRow>(
  'notifications.due',
  `
    select m.id as "memberId", m.email::text as email, m.locale, m.time_zone as "timeZone",
      n.thread_id as "threadId", ${MAIL_KIND} as "mailKind",
          ${frequencyOf(MAIL_KIND, 'm.id', 'c.id', 'm.mail_safe')} as frequency,
            n.mail_id as "mailId", s.mailed_at as "mailedAt", s.seed, s.quiet_from as "quietFrom",
          s.quiet_to as "quietTo", s.paused_until as "pausedUntil", s.content, s.sender, s.subject
   from notices n ${NOTICE_JOINS} join mail_settings s on s.member_id = m.id
   where n.id = $1 and n.read_at is null and ${reachable('$2')} and ${NOTIFIABLE}`,
);

/** $1 notice: locks what its member has set, so that two mails are not decided on at once. */
export const lockOwner = statement(
  'notifications.lock-owner',
  `
    select s.member_id
    from mail_settings s
    where s.member_id = (select n.member_id from notices n where n.id = $1)
    for update
  `,
);
export const openOwner = statement(
  'notifications.open-owner',
  `
    insert into mail_settings (member_id)
    select n.member_id
    from notices n
    where n.id = $1
    on conflict
    do nothing
  `,
);

/** Mails of this kind since the reader's day began. $1 member, $2 since */
export const mailedToday = statement<{ count: number }>(
  'notifications.mailed-today',
  `
    select count(*)::int as count
    from mail_deliveries
    where member_id = $1 and kind = 'notice' and created_at >= $2
  `,
);

/** $1 notice, $2 when, null for not at all */
export const postpone = statement(
  'notifications.postpone',
  'update notices set mail_at = $2 where id = $1',
);

/** This notice, and those of its member that wait, go into one mail. $1 notice, $2 member */
export const coalesceNotices = statement(
  'notifications.fold',
  `
    update notices
    set mail_id = $1, mail_at = null
    where member_id = $2
      and (id = $1 or (mail_at is not null and mail_id is null and read_at is null))
  `,
);
export const noteMailed = statement(
  'notifications.note-mailed',
  'update mail_settings set mailed_at = $2 where member_id = $1',
);

export interface NotifiedRow extends AuthorRow {
  id: string;
  kind: string;
  threadId: string | null;
  /** Null also where the thread bears a content note. */
  title: string | null;
  number: number | null;
  createdAt: Date;
  count: number;
  unread: number;
}

/** What one mail tells of. $1 the notice that it goes by, $2 now */
export const notifiedOf = statement<NotifiedRow>(
  'notifications.told-of',
  `
    select n.id, n.kind, n.thread_id as "threadId", case
      when o.content_warnings || o.added_notes = '{}'
      and o.tier not in ('urgent', 'crisis') then nullif(${titleFor('t', 'c', 'm.id')},
        '') end as title,
        p.number, n.created_at as "createdAt", 1 as count, 1 as unread, ${AUTHOR_COLUMNS}
   from notices n ${NOTICE_JOINS}
   left join posts o on o.thread_id = n.thread_id and o.number = 1 ${joinAuthor('p', 'c.id')}
   where n.mail_id = $1 and n.read_at is null and ${reachable('$2')} and ${NOTIFIABLE}
   order by n.id
   limit 20`,
);

/** One notice of each member whose mail is due. $1 now, $2 how many */
export const waitingNotices = statement<{ id: string }>(
  'notifications.waiting',
  `
    select distinct on (member_id) id
    from notices
    where mail_at <= $1 and mail_id is null
    order by member_id, id
    limit $2
  `,
  'alone',
);

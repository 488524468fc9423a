import { titleFor } from '../../content/visibility.js';
import { statement } from '../../kernel/sql.js';
import type { MailSender, MailSubject } from '../../mail/mail-appearance.js';
import { AUTHOR_NAME_COLUMNS, joinAuthorName, type AuthorNameRow } from '../../posts/author.js';
import { frequencyOf, type Frequency } from '../preferences/mail-choices.js';
import { MAIL_KIND, NOTICE_JOINS, isReachableSql, NOTIFIABLE } from './mail-eligibility.js';
import { LAST_SEEN_SQL } from '../preferences/absence.js';
import type { MailKind } from '../preferences/notice-kinds.js';

export interface DueRow {
  memberId: string;
  email: string;
  locale: string | null;
  timeZone: string | null;
  threadId: string | null;
  mailKind: MailKind;
  frequency: Frequency;
  /** The notice whose email included this one; null if there is none. */
  mailId: string | null;
  /** When this member was last sent such an email. */
  mailedAt: Date | null;
  seed: string;
  quietFrom: number | null;
  quietTo: number | null;
  pausedUntil: Date | null;
  content: boolean;
  sender: MailSender;
  subject: MailSubject;
  privateWord: string;
}

/**
 * A notice that may be emailed now: it is unread and readable, and email is safe. Members who have
 * been absent for long are only emailed what the team wrote to them.
 */
export const dueNotice = statement<{ noticeId: string; now: Date; absentSince: Date }, DueRow>(
  'notifications.due',
  `
    select m.id as "memberId", m.email::text as email, m.locale, m.time_zone as "timeZone",
      n.thread_id as "threadId", ${MAIL_KIND} as "mailKind",
      ${frequencyOf(MAIL_KIND, 'm.id', 'c.id', 'm.mail_safe')} as frequency,
      n.mail_id as "mailId", s.mailed_at as "mailedAt", s.seed, s.quiet_from as "quietFrom",
      s.quiet_to as "quietTo", s.paused_until as "pausedUntil", s.content, s.sender, s.subject,
      s.private_word as "privateWord"
    from notices n
    ${NOTICE_JOINS}
    join mail_settings s on s.member_id = m.id
    where n.id = :noticeId
      and n.read_at is null
      and ${isReachableSql(':now')}
      and ${NOTIFIABLE}
      and (${MAIL_KIND} = 'team' or ${LAST_SEEN_SQL} >= :absentSince)
  `,
);

/** Locks the recipient's settings, so that concurrent jobs send one email. */
export const lockNoticeOwner = statement<{ noticeId: string }, object>(
  'notifications.lock-owner',
  `
    select s.member_id
    from mail_settings s
    where s.member_id = (select n.member_id from notices n where n.id = :noticeId)
    for update
  `,
);
/** Creates the recipient's settings if there are none. */
export const openOwner = statement<{ noticeId: string }, object>(
  'notifications.open-owner',
  `
    insert into mail_settings (member_id)
    select n.member_id
    from notices n
    where n.id = :noticeId
    on conflict
    do nothing
  `,
);

/**
 * Emails of this kind since the start of the reader's local day, without those that a wrong clock
 * dated in the future.
 */
export const mailsSentToday = statement<
  { memberId: string; since: Date; now: Date },
  { count: number }
>(
  'notifications.mailed-today',
  `
    select count(*)::int as count
    from mail_deliveries
    where member_id = :memberId and kind = 'notice' and created_at between :since and :now
  `,
);

/** @returns whether the email about this notice was already committed to */
export const postponeNotice = statement<
  { noticeId: string; when: Date | null },
  { decided: boolean }
>(
  'notifications.postpone',
  `
    update notices
    set mail_at = :when
    where id = :noticeId
    returning coalesce(mail_id = id, false) as decided
  `,
);

/**
 * Releases notices that were batched into another one's email, which is cancelled: each is due for
 * an email again. An email that was sent, or is being sent, keeps them.
 */
export const releaseNotices = statement<{ noticeId: string; key: string; now: Date }, object>(
  'notifications.release',
  `
    update notices
    set mail_id = null, mail_at = :now
    where mail_id = :noticeId
      and id <> :noticeId
      and read_at is null
      and not exists (select 1
        from mail_deliveries d
        where d.key = :key and d.state <> 'withdrawn')
  `,
);

/**
 * Batches this notice and the waiting ones of its member into one email.
 * @param again when the email is retried if nobody has completed it by then
 */
export const coalesceNotices = statement<
  { noticeId: string; memberId: string; again: Date },
  object
>(
  'notifications.coalesce',
  `
    update notices
    set mail_id = :noticeId,
      mail_at = case
        when id = :noticeId then :again::timestamptz end
    where member_id = :memberId
      and (id = :noticeId or (mail_at is not null and mail_id is null and read_at is null))
  `,
);
export const recordMailed = statement<{ memberId: string; now: Date }, object>(
  'notifications.record-mailed',
  'update mail_settings set mailed_at = :now where member_id = :memberId',
);

export interface NotifiedRow extends AuthorNameRow {
  id: string;
  kind: string;
  threadId: string | null;
  /** Null also if the thread has a content note. */
  title: string | null;
  number: number | null;
  createdAt: Date;
  count: number;
  unread: number;
}

/** The notices that one email lists. */
export const notifiedOf = statement<{ noticeId: string; now: Date }, NotifiedRow>(
  'notifications.mailed-notices',
  `
    select n.id, n.kind, n.thread_id as "threadId", case
      when o.content_warnings || o.added_notes = '{}'
      and o.tier not in ('urgent', 'crisis') then nullif(${titleFor('t', 'c', 'm.id')},
        '') end as title,
        p.number, n.created_at as "createdAt", 1 as count, 1 as unread, ${AUTHOR_NAME_COLUMNS}
   from notices n ${NOTICE_JOINS}
   left join posts o on o.thread_id = n.thread_id and o.number = 1 ${joinAuthorName('p')}
   where n.mail_id = :noticeId and n.read_at is null and ${isReachableSql(':now')} and ${NOTIFIABLE}
   order by n.id
   limit 20`,
);

/**
 * One notice per member whose email is due. Includes emails that were committed to but not
 * completed, because the worker was killed or the mail server was unreachable.
 */
export const waitingNotices = statement<{ now: Date; limit: number }, { id: string }>(
  'notifications.waiting',
  `
    select distinct on (member_id) id
    from notices
    where mail_at <= :now and (mail_id is null or mail_id = id)
    order by member_id, id
    limit :limit
  `,
  'pooled',
);

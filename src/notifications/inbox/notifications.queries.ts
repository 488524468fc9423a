import { blocked, isOwnHeldSql, notPaused, titleFor, unwanted } from '../../content/visibility.js';
import { statement } from '../../kernel/sql.js';
import { AUTHOR_NAME_COLUMNS, joinAuthorName, type AuthorNameRow } from '../../posts/author.js';
import { kindsOf } from '../preferences/notice-kinds.js';

/** The member's answer to whether email is safe, and when they gave it. */
export interface MailSafety {
  safe: 'yes' | 'no' | null;
  safeAt: Date | null;
}

export interface NoticeRow extends AuthorNameRow {
  /** Id of the newest notice of a group. */
  id: string;
  kind: string;
  threadId: string | null;
  title: string | null;
  number: number | null;
  createdAt: Date;
  count: number;
  unread: number;
}

type InboxRow = MailSafety & (NoticeRow | { id: null });

/** Whether a row of the inbox is a notice, and not only the answer about emails. */
export function isNotice(row: InboxRow): row is MailSafety & NoticeRow {
  return row.id !== null;
}

/** Maximum number of notices in the inbox; older ones are not listed. */
const MAX_LISTED = 600;

/**
 * SQL condition: the owner may see notice `n`. A notice about a post is subject to the post's
 * access rules; any other is always visible.
 * @param filtering whether the owner may have filters or be suspended
 */
const readable = (filtering: boolean): string => `
  (n.post_id is null
    or p.author_id = :memberId
    or ((t.status = 'published' or ${isOwnHeldSql('t', ':memberId')})
      and p.status = 'published'
      ${
        filtering
          ? `
      and not ${blocked('p', ':memberId')}
      and not ${unwanted('p', 't', ':memberId')}
      and ${notPaused('c', ':memberId')}`
          : ''
      }
      and (:isStaff
        or exists (select 1
          from memberships s
          where s.community_id = c.id and s.member_id = :memberId and s.state = 'active')
        or c.visibility = 'public'
          and not p.members_only
          and not exists (select 1
            from posts lp
            where lp.thread_id = t.id and lp.number = 1 and lp.members_only))))`;
const JOINS = `
  left join threads t on t.id = n.thread_id
  left join communities c on c.id = t.community_id
  left join posts p on p.id = n.post_id
`;
const REPLIES = kindsOf('replies')
  .map((kind) => `'${kind}'`)
  .join(', ');

interface InboxParams {
  memberId: string;
  isStaff: boolean;
  before: string;
  limit: number;
  kinds: readonly string[] | null;
}

const inboxSql = (filtering: boolean): string => `with mine as (
     select n.id, n.read_at, n.thread_id, case
       when n.thread_id is null then n.id end as single, case
       when n.kind not in (${REPLIES}) then n.kind end collate "C" as kind
     from (select *
       from notices
       where member_id = :memberId
       order by id desc
       limit ${MAX_LISTED}) n ${JOINS}
     where (:kinds::text[] is null or n.kind = any(:kinds)) and ${readable(filtering)}
   ), grouped as (
     select max(id) as id, count(*)::int as count,
       (count(*) filter (where read_at is null))::int as unread
     from mine
     group by thread_id, single, kind
   )
   select me.mail_safe as safe, me.mail_safe_at as "safeAt", shown.*
   from members me
   left join (
     select n.id, n.kind, n.thread_id as "threadId",
       nullif(${titleFor('t', 'c', ':memberId')}, '') as title, p.number,
       n.created_at as "createdAt", f.count, f.unread, ${AUTHOR_NAME_COLUMNS}
     from grouped f join notices n on n.id = f.id ${JOINS} ${joinAuthorName('p')}
     where f.id < :before order by f.id desc limit :limit
   ) shown on true
   where me.id = :memberId order by shown.id desc`;

/**
 * A page of the inbox; replies are grouped by thread: "3 replies in …". Each row also has the answer
 * about emails; without notices, one row has only that. Most members filter nothing: their
 * statement does not look for filters, which takes a third of the time.
 */
export const inboxPage = {
  plain: statement<InboxParams, InboxRow>('notifications.inbox', inboxSql(false)),
  filtering: statement<InboxParams, InboxRow>('notifications.filtered-inbox', inboxSql(true)),
};

export interface OpenedNotice {
  kind: string;
  threadId: string | null;
  /** Number of the first unread post of the group, or of the notice's own post. */
  number: number | null;
  subjectId: string | null;
}

export const noticeById = statement<
  { memberId: string; isStaff: boolean; id: string },
  OpenedNotice
>(
  'notifications.one',
  `select n.kind, n.thread_id as "threadId", n.subject_id as "subjectId",
          coalesce((select min(q.number)
            from notices o
            join posts q on q.id = o.post_id and q.status = 'published'
                    where o.member_id = :memberId
                      and o.thread_id = n.thread_id
                      and o.read_at is null
                      and o.id <= n.id),
                      p.number) as number
   from notices n ${JOINS}
   where n.id = :id and n.member_id = :memberId and ${readable(true)}`,
);

/** Marks a notice and the earlier ones about its thread as read, or all of them if `id` is null. */
export const markRead = statement<{ memberId: string; id: string | null; now: Date }, object>(
  'notifications.mark-read',
  `update notices n set read_at = :now where n.member_id = :memberId and n.read_at is null
   and (:id::bigint is null
     or n.id = :id
     or n.id < :id
     and n.thread_id = (select o.thread_id
       from notices o
       where o.id = :id and o.member_id = :memberId))`,
);

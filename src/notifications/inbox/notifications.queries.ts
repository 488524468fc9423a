import { blocked, notPaused, titleFor, unwanted } from '../../content/visibility.js';
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
 * SQL: the thread of each of the notices `n`, once, with what decides which of its posts the owner
 * may read: `legible` if they may read any, `member` if also those for members, `open` if everybody
 * may read the others.
 * @param filtering whether the owner may be suspended
 */
const threadsOfNotices = (filtering: boolean): string => `
  select t.id, t.title, t.withheld_title, t.status, t.community_id, c.visibility,
    o.author_id = :memberId as own,
    (t.status = 'published' or (t.status = 'held' and o.author_id = :memberId))
      ${filtering ? `and ${notPaused('c', ':memberId')}` : ''} as legible,
    :isStaff or s.member_id is not null as member,
    c.visibility = 'public' and o.members_only is not true as open,
    o.members_only
  from (select distinct thread_id from n) d
  join threads t on t.id = d.thread_id
  join communities c on c.id = t.community_id
  left join posts o on o.thread_id = t.id and o.number = 1
  left join memberships s on s.community_id = c.id
    and s.member_id = :memberId
    and s.state = 'active'
`;
// Always looks posts up by their ids: without statistics, the planner would rather read them all.
const JOINS = `
  left join t on t.id = n.thread_id
  left join lateral (select * from posts where id = n.post_id limit 1) p on true
`;

/**
 * SQL condition: the owner may see notice `n` in thread `t`. A notice about a post is subject to
 * the post's access rules; any other is always visible.
 * @param filtering whether the owner may have filters
 */
const readable = (filtering: boolean): string => `
  (n.post_id is null
    or p.author_id = :memberId
    or (t.legible
      and p.status = 'published'
      ${
        filtering
          ? `
      and not ${blocked('p', ':memberId')}
      and not ${unwanted('p', 't', ':memberId')}`
          : ''
      }
      and (t.member or (t.open and not p.members_only))))`;
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

// Everything about a row is read once, before the rows are grouped: joining the newest notice of
// each group again by its id may read the notices of all members.
const inboxSql = (filtering: boolean): string => `
  with n as (
    select id, kind, thread_id, post_id, read_at, created_at
    from notices
    where member_id = :memberId
    order by id desc
    limit ${MAX_LISTED}
  ), t as materialized (${threadsOfNotices(filtering)})
  select me.mail_safe as safe, me.mail_safe_at as "safeAt", shown.*
  from members me
  left join (
    select p.id, p.kind, p.thread_id as "threadId",
      nullif(${titleFor('t', 'c', ':memberId', { own: 't.own', membersOnly: 't.members_only' })}, '') as title,
      p.number, p.created_at as "createdAt", p.count, p.unread, ${AUTHOR_NAME_COLUMNS}
    from (
      select *
      from (
        select n.id, n.kind, n.thread_id, n.created_at,
          t.status, t.title, t.withheld_title, t.community_id, t.visibility, t.own, t.members_only,
          p.number, p.author_id, p.alias_id, p.name_detached,
          (count(*) over alike)::int as count,
          (count(*) filter (where n.read_at is null) over alike)::int as unread,
          max(n.id) over alike as newest
        from n ${JOINS}
        where (:kinds::text[] is null or n.kind = any(:kinds)) and ${readable(filtering)}
        window alike as (
          partition by n.thread_id,
            case when n.thread_id is null then n.id end,
            case when n.kind not in (${REPLIES}) then n.kind end collate "C"
        )
      ) listed
      where id = newest and id < :before
      order by id desc
      limit :limit
    ) p
    cross join lateral (
      select p.thread_id as id, p.status, p.title, p.withheld_title, p.own, p.members_only
    ) t
    cross join lateral (select p.community_id as id, p.visibility) c
    ${joinAuthorName('p')}
  ) shown on true
  where me.id = :memberId
  order by shown.id desc
`;

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
  `with n as (
     select id, kind, thread_id, post_id, subject_id
     from notices
     where id = :id and member_id = :memberId
   ), t as materialized (${threadsOfNotices(true)})
   select n.kind, n.thread_id as "threadId", n.subject_id as "subjectId",
          coalesce((select min(q.number)
            from notices o
            join posts q on q.id = o.post_id and q.status = 'published'
                    where o.member_id = :memberId
                      and o.thread_id = n.thread_id
                      and o.read_at is null
                      and o.id <= n.id),
                      p.number) as number
   from n ${JOINS}
   where ${readable(true)}`,
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

import { statement } from '../kernel/sql.js';
import { AUTHOR_COLUMNS, joinAuthor, type AuthorRow } from '../posts/author.js';

export interface NoticeRow extends AuthorRow {
  id: string;
  kind: string;
  threadId: string;
  title: string;
  number: number;
  createdAt: Date;
  unread: boolean;
}

const READABLE = `t.status = 'published' and p.status = 'published' and (c.visibility = 'public' or $2 or exists (
  select 1 from memberships s where s.community_id = c.id and s.member_id = $1 and s.state = 'active'))`;

/** $1 member, $2 staff, $3 older than this id, $4 how many */
export const inbox = statement<NoticeRow>(
  'notifications.inbox',
  `select n.id, n.kind, n.thread_id as "threadId", t.title, p.number, n.created_at as "createdAt", n.read_at is null as unread, ${AUTHOR_COLUMNS}
   from notices n join threads t on t.id = n.thread_id join communities c on c.id = t.community_id join posts p on p.id = n.post_id
   ${joinAuthor('p', 'c.id')}
   where n.member_id = $1 and n.id < $3 and ${READABLE}
   order by n.id desc limit $4`,
);

/** $1 member, $2 staff, $3 notice */
export const oneNotice = statement<{ threadId: string; number: number }>(
  'notifications.one',
  `select n.thread_id as "threadId", p.number
   from notices n join threads t on t.id = n.thread_id join communities c on c.id = t.community_id join posts p on p.id = n.post_id
   where n.id = $3 and n.member_id = $1 and ${READABLE}`,
);

export const markRead = statement('notifications.mark-read', 'update notices set read_at = $3 where member_id = $1 and ($2::bigint is null or id = $2) and read_at is null');

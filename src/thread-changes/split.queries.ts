import { statement } from '../kernel/sql.js';
import { AUTHOR_NAME_COLUMNS, joinAuthorName, type AuthorNameRow } from '../posts/author.js';

/** A reply as the form lists it. */
export interface ReplyToMove extends AuthorNameRow {
  id: string;
  number: number;
  status: string;
  createdAt: Date;
  /** The beginning of its text; empty unless it is published, as some may not be read here. */
  body: string;
}

/** Replies of a thread from a number on, with their state. */
export const repliesToMove = statement<
  { threadId: string; from: number; limit: number },
  ReplyToMove
>(
  'thread-changes.replies',
  `
    select p.id, p.number, p.status, p.created_at as "createdAt",
      case when p.status = 'published' then left(p.body, 200) else '' end as body,
      ${AUTHOR_NAME_COLUMNS}
    from posts p
    ${joinAuthorName('p')}
    where p.thread_id = :threadId and p.number > 1 and p.number >= :from
    order by p.number
    limit :limit
  `,
);

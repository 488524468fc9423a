import { blocked, inAudience, notesOpen, postVisible, unwanted } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import { keepsHelpSql } from '../review/after-care.js';
import {
  AUTHOR_COLUMNS,
  AUTHOR_NAME_COLUMNS,
  joinAuthor,
  joinAuthorName,
  type AuthorNameRow,
} from '../posts/author.js';
import { postStateColumns, strategyColumns } from '../posts/post-columns.js';
import type { PostRow } from '../posts/post.view.js';

/**
 * The posts of one page of a thread. Paginated by post number: numbers never change, so the last
 * page of a long thread costs the same as the first. The opening is always included, so that the
 * page can say that it is held. The viewer's data that each post is compared with is read once.
 */
export const threadPosts = statement<
  {
    threadId: string;
    fromNumber: number;
    toNumber: number;
    viewerId: string;
    viewerModeratesHere: boolean;
    community: string;
    since: Date;
  },
  PostRow
>(
  'threads.posts',
  `
    with o as materialized (
      select f.alias_id, f.author_id, f.name_detached, t.title
      from posts f
      join threads t on t.id = f.thread_id
      where f.thread_id = :threadId and f.number = 1
    )
    select p.id, p.number, p.body_html as "bodyHtml", p.content_warnings as "contentWarnings",
      p.summary, p.ending, p.language, p.status, p.created_at as "createdAt",
          p.edited_at as "editedAt", p.reply_to_number as "replyTo",
          p.is_update as "isUpdate",
          exists (select 1 from post_quotes pq where pq.post_id = p.id) as quotes,
          p.same_boat as "sameBoat", p.with_you as "withYou", p.thank_you as "thankYou", p.helped,
          ${postStateColumns('p')},
            ${strategyColumns('p', 'coalesce(p.author_id = :viewerId, false)')},
          coalesce(p.author_id = :viewerId, false) as mine,
          case
            when p.author_id = :viewerId then ${keepsHelpSql('p', ':since')}
            else false end as cared,
          (p.number = 1
            or (p.alias_id is not distinct from o.alias_id
              and (p.alias_id is not null or p.author_id = o.author_id)
              and not p.name_detached
              and not o.name_detached)) as opener,
          ${AUTHOR_COLUMNS},
          (:viewerId::bigint is not null and ${blocked('p', ':viewerId')}) as blocked,
            coalesce(p.author_id <> :viewerId, true)
            and ${unwanted('p', 'o', ':viewerId')} as unwanted,
              ${notesOpen('p', ':viewerId')} as "notesOpen",
          case
            when :viewerId::bigint is null then null
            else (select array_agg(r.kind)
              from reactions r
              where r.post_id = p.id and r.member_id = :viewerId) end as reacted
   from posts p
   cross join o
   ${joinAuthor('p', ':community')}
   where p.thread_id = :threadId
     and p.number between :fromNumber and :toNumber
     and (${postVisible('p', ':community::bigint', ':viewerId', ':viewerModeratesHere')} or p.number = 1)
   order by p.number`,
);

/** The same for a guest of a public thread, without the columns about a viewer. */
export const threadPostsForGuests = statement<
  { threadId: string; fromNumber: number; toNumber: number; community: string },
  PostRow
>(
  'threads.posts-for-guests',
  `
    select p.id, p.number, p.body_html as "bodyHtml", p.content_warnings as "contentWarnings",
      p.summary, p.ending, p.language, p.status, p.created_at as "createdAt",
          p.edited_at as "editedAt", p.reply_to_number as "replyTo",
          p.is_update as "isUpdate",
          exists (select 1 from post_quotes pq where pq.post_id = p.id) as quotes,
          p.same_boat as "sameBoat", p.with_you as "withYou", p.thank_you as "thankYou", p.helped,
          ${postStateColumns('p')}, ${strategyColumns('p', 'false')},
          false as mine, false as cared,
          (p.number = 1
            or (p.alias_id is not distinct from o.alias_id
              and (p.alias_id is not null or p.author_id = o.author_id)
              and not p.name_detached
              and not o.name_detached)) as opener,
          ${AUTHOR_COLUMNS}, false as blocked, false as unwanted, false as "notesOpen",
            null as reacted
   from posts p join posts o on o.thread_id = p.thread_id and o.number = 1
   ${joinAuthor('p', ':community')}
   where p.thread_id = :threadId
     and p.number between :fromNumber and :toNumber
     and (p.status in ('published', 'withdrawn', 'removed') and not p.members_only or p.number = 1)
   order by p.number`,
);

/** A post that left the thread, and where it is now. */
export interface LeftPostRow {
  /** Its former number. */
  former: number;
  threadId: string;
  number: number;
}

/** The posts of one page that moved to other threads, of those that the viewer can read there. */
export const leftPosts = statement<
  {
    threadId: string;
    fromNumber: number;
    toNumber: number;
    viewerId: string | null;
    community: string;
  },
  LeftPostRow
>(
  'threads.left-posts',
  `
    select f.number as former, p.thread_id as "threadId", p.number
    from former_places f
    join posts p on p.id = f.post_id and p.thread_id <> f.thread_id and p.status = 'published'
    join threads s on s.id = p.thread_id and s.status = 'published'
    join posts so on so.thread_id = s.id and so.number = 1
    where f.thread_id = :threadId
      and f.number between :fromNumber and :toNumber
      and s.community_id = :community
      and ${inAudience('p', ':community::bigint', ':viewerId')}
      and ${inAudience('so', ':community::bigint', ':viewerId')}
    order by f.number
  `,
);

export interface ReferredPostRow extends AuthorNameRow {
  id: string;
  number: number;
}

/** The posts that a reply answers or quotes, without their text. */
export const referredPosts = statement<
  {
    threadId: string;
    numbers: readonly number[];
    ids: readonly string[];
    viewerId: string;
  },
  ReferredPostRow
>(
  'threads.referred-posts',
  `
    select p.id, p.number, ${AUTHOR_NAME_COLUMNS}
    from posts p
    ${joinAuthorName('p')}
    where p.thread_id = :threadId
      and (p.number = any(:numbers::int[]) or p.id = any(:ids::bigint[]))
      and p.status = 'published'
      and not ${blocked('p', ':viewerId')}
  `,
);

/** Marks the viewer's notices about a thread as read. */
export const readNotices = statement<
  { viewerId: string; id: string; now: Date },
  { number: number | null }
>(
  'threads.read-notices',
  `
    update notices
    set read_at = :now
    where member_id = :viewerId and thread_id = :id and read_at is null
    returning (select p.number from posts p where p.id = notices.post_id) as number
  `,
);

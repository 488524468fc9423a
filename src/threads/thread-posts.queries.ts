import { isAmongMembers, postVisible } from '../content/thread-visibility.js';
import { blocked, inAudience, notesOpen, unwanted } from '../content/visibility.js';
import { statement, type Statement } from '../kernel/sql.js';
import { keepsHelpSql } from '../review/after-care.js';
import {
  AUTHOR_COLUMNS,
  AUTHOR_NAME_COLUMNS,
  joinAuthor,
  joinAuthorName,
  teamOf,
  type AuthorNameRow,
} from '../posts/author.js';
import { postStateColumns, strategyAskedColumn } from '../posts/post-columns.js';
import type { PostRow } from '../posts/post.view.js';

/** Numbers of the posts of one page. */
export interface PostRange {
  threadId: string;
  fromNumber: number;
  toNumber: number;
}

interface PostReaderParams {
  viewerId: string;
  isStaff: boolean;
  isSuspended: boolean;
  viewerModeratesHere: boolean;
}

/** The columns of post `p` in a thread with opening `o` that are the same for every reader. */
const SHARED_COLUMNS = `
  p.id, p.number, p.body_html as "bodyHtml", p.content_warnings as "contentWarnings",
  p.summary, p.ending, p.language, p.status, p.created_at as "createdAt",
  p.edited_at as "editedAt", p.reply_to_number as "replyTo", p.is_update as "isUpdate",
  p.has_quotes as quotes, p.has_strategies as "hasStrategies", null::json as strategies,
  p.same_boat as "sameBoat", p.with_you as "withYou", p.thank_you as "thankYou", p.helped,
  ${postStateColumns('p')},
  (p.number = 1
    or (p.alias_id is not distinct from o.alias_id
      and (p.alias_id is not null or p.author_id = o.author_id)
      and not p.name_detached
      and not o.name_detached)) as opener,
  ${AUTHOR_COLUMNS}`;

/** The columns for a reader who filters nothing. */
const UNFILTERED = 'false as blocked, false as unwanted, false as "notesOpen"';
const FILTERED = `
  ${blocked('p', ':viewerId')} as blocked,
  coalesce(p.author_id <> :viewerId, true) and ${unwanted('p', 'o', ':viewerId')} as unwanted,
  ${notesOpen('p', ':viewerId')} as "notesOpen"`;

/**
 * Paginated by post number: numbers never change, so the last page of a long thread costs the same
 * as the first. The opening is always included, so that the page can say that it is held. The
 * viewer's data that each post is compared with is read once. What only the author of a post sees is
 * added by `ownPostStates`, and strategies by `strategiesIn`.
 */
function postsForMembers(
  name: string,
  filterColumns: string,
): Statement<PostRange & PostReaderParams, PostRow> {
  return statement(
    name,
    `
      with o as materialized (
        select f.alias_id, f.author_id, f.name_detached, t.title, t.community_id,
          ${isAmongMembers('m', ':isStaff', ':isSuspended')} as among_members
        from threads t
        join posts f on f.thread_id = t.id and f.number = 1
        left join memberships m on m.community_id = t.community_id and m.member_id = :viewerId
        where t.id = :threadId
      ),
      team as materialized (${teamOf('o', 'o.community_id')})
      select ${SHARED_COLUMNS},
        coalesce(p.author_id = :viewerId, false) as mine,
        false as cared, false as "strategyAsked",
        ${filterColumns},
        (
          select array_agg(r.kind)
          from reactions r
          where r.post_id = p.id and r.member_id = :viewerId
        ) as reacted
      from posts p
      cross join o
      ${joinAuthor('p', 'team')}
      where p.thread_id = :threadId
        and p.number between :fromNumber and :toNumber
        and (${postVisible('p', 'o.among_members', ':viewerId', ':viewerModeratesHere')}
          or p.number = 1)
      order by p.number
    `,
  );
}

/** The posts of one page of a thread. */
export const threadPosts = postsForMembers('threads.posts', FILTERED);

/** The same for a reader who has blocked and muted nothing and chose for no content note. */
export const threadPostsUnfiltered = postsForMembers('threads.posts-unfiltered', UNFILTERED);

/** What only its author sees of a post. */
export type OwnPostState = Pick<PostRow, 'id' | 'cared' | 'strategyAsked'>;

export const ownPostStates = statement<{ postIds: readonly string[]; since: Date }, OwnPostState>(
  'threads.own-post-states',
  `
    select p.id, ${keepsHelpSql('p', ':since')} as cared, ${strategyAskedColumn('p')}
    from posts p
    where p.id = any(:postIds::bigint[])
  `,
);

/** The same for a guest of a public thread, without the columns about a viewer. */
export const threadPostsForGuests = statement<PostRange, PostRow>(
  'threads.posts-for-guests',
  `
    with team as materialized (
      ${teamOf('threads c', 'c.community_id')}
      where c.id = :threadId
    )
    select ${SHARED_COLUMNS},
      false as mine, false as cared, false as "strategyAsked", ${UNFILTERED}, null as reacted
    from threads t
    join posts o on o.thread_id = t.id and o.number = 1
    join posts p on p.thread_id = t.id
    ${joinAuthor('p', 'team')}
    where t.id = :threadId
      and p.number between :fromNumber and :toNumber
      and (p.status in ('published', 'withdrawn', 'removed') and not p.members_only
        or p.number = 1)
    order by p.number
  `,
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

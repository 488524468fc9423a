import type { Ending } from '../content/content-notes.js';
import { blocked, inAudience, notPaused, unwanted } from '../content/visibility.js';
import { statement, type Statement } from '../kernel/sql.js';
import { AUTHOR_NAME_COLUMNS, joinAuthorName, type AuthorNameRow } from '../posts/author.js';

export interface ThreadRow extends AuthorNameRow {
  /** Only in paginated lists: the sort time in microseconds since the epoch. */
  cursor?: string;
  /** Only in paginated lists: false for a thread that is filtered for the viewer. */
  listed?: boolean;
  id: string;
  title: string;
  replyWish: string;
  replyCount: number;
  pinned: boolean;
  locked: boolean;
  createdAt: Date;
  lastPostAt: Date;
  contentWarnings: string[];
  ending: Ending;
  /** Language of the opening. */
  language: string | null;
  /** Whether its author has written an update. */
  updated: boolean;
  slug: string;
  communityName: string;
}

/** The columns of a row in a list of threads `t` with opening post `p` in community `c`. */
export const THREAD_COLUMNS = `
  t.id, t.title, t.reply_wish as "replyWish", t.reply_count as "replyCount",
  t.pinned_at is not null as pinned, t.locked_at is not null as locked,
  t.created_at as "createdAt", t.last_post_at as "lastPostAt",
  p.content_warnings || p.added_notes as "contentWarnings", p.ending, p.language,
  exists (select 1
    from posts u
    where u.thread_id = t.id
      and u.is_update
      and u.status = 'published'
      and not u.members_only
      and not u.name_detached
      and not p.name_detached) as updated,
  c.slug, c.name as "communityName", ${AUTHOR_NAME_COLUMNS}`;

export const THREAD_JOINS = `
  join communities c on c.id = t.community_id
  join posts p on p.thread_id = t.id and p.number = 1 ${joinAuthorName('p')}
`;

/**
 * SQL condition: thread `t` is published and listed for the viewer. Excludes muted threads, those
 * of blocked authors, filtered ones, and members' threads while the viewer is suspended.
 */
export function listedFor(viewer: string): string {
  return `
    t.status = 'published'
      and ${inAudience('p', 'c.id', viewer)}
      and (${viewer}::bigint is null
        or (${notPaused('c', viewer)}
          and not ${blocked('p', viewer)}
          and not ${unwanted('p', 't', viewer)}
    and not exists (select 1
      from thread_follows x
      where x.thread_id = t.id and x.member_id = ${viewer} and x.level = 'muted')))`;
}

export const SORTS = ['active', 'new', 'unanswered'] as const;
export type Sort = (typeof SORTS)[number];

export const THREADS_PER_PAGE = 25;

export interface ThreadListParams {
  communityId: string;
  viewerId: string | null;
  /** Sort time of the last row, in microseconds since the epoch. */
  time: string;
  id: string;
  limit: number;
}

type OfTopic = ThreadListParams & { topic: string };

/**
 * A page of the list. Keyset pagination by time and id of the last row: the inner query is an
 * index-only scan, the outer one adds the columns of each row. Filtered rows are returned with
 * `listed` false rather than dropped, so that a page costs the same for every viewer.
 */
function list<Params extends object>(
  name: string,
  condition: string,
  key: string,
  direction: 'asc' | 'desc',
  topic: string,
): Statement<Params, ThreadRow> {
  const after = direction === 'desc' ? '<' : '>';
  return statement<Params, ThreadRow>(
    `threads.list-${name}`,
    `
      select ${THREAD_COLUMNS}, (extract(epoch from t.${key}) * 1000000)::bigint::text as cursor,
        (${listedFor(':viewerId')}) as listed
     from (select x.*
       from threads x
       where x.community_id = :communityId
         and x.status = 'published'
         and x.pinned_at is null ${condition} ${topic}
             and (x.${key},
               x.id) ${after} (timestamptz 'epoch' + :time::bigint * interval '1 microsecond',
               :id::bigint)
           order by x.${key} ${direction}, x.id ${direction} limit :limit) t ${THREAD_JOINS}
     order by t.${key} ${direction}, t.id ${direction}`,
  );
}

const LISTS: Record<Sort, readonly [condition: string, key: string, direction: 'asc' | 'desc']> = {
  active: ['', 'last_post_at', 'desc'],
  new: ['', 'created_at', 'desc'],
  // Longest waiting first.
  unanswered: ['and x.reply_count = 0 and x.locked_at is null', 'created_at', 'asc'],
};

export const threadLists = Object.fromEntries(
  SORTS.map((sort) => [sort, list<ThreadListParams>(sort, ...LISTS[sort], '')]),
) as Record<Sort, Statement<ThreadListParams, ThreadRow>>;
export const threadListsOfTopic = Object.fromEntries(
  SORTS.map((sort) => [
    sort,
    list<OfTopic>(`${sort}-of-topic`, ...LISTS[sort], 'and x.topic = :topic'),
  ]),
) as Record<Sort, Statement<OfTopic, ThreadRow>>;

/** Most pinned threads that the first page of a community begins with. */
export const MAX_PINNED = 5;

export const pinnedThreads = statement<{ communityId: string; viewerId: string | null }, ThreadRow>(
  'threads.pinned',
  `
    select ${THREAD_COLUMNS}
    from threads t ${THREAD_JOINS}
    where t.community_id = :communityId and t.pinned_at is not null and ${listedFor(':viewerId')}
    order by t.pinned_at, t.id
    limit ${MAX_PINNED}
  `,
);

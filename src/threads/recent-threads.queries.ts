import { statement } from '../kernel/sql.js';
import {
  MAX_PINNED,
  THREAD_COLUMNS,
  THREAD_JOINS,
  THREADS_PER_PAGE,
  type ThreadRow,
} from './thread-list.queries.js';

/** A row of a list, with what decides whether a reader who filters nothing is shown it. */
export interface RecentThreadRow extends ThreadRow {
  cursor: string;
  membersOnly: boolean;
  /** Distressing: listed in its community only. */
  hard: boolean;
  /** Never shown: it may stand behind an alias. */
  authorId: string | null;
}

/** Rows of one list of each community that a member's home page is made of. */
export const RECENT_OF_EACH = 12;

/**
 * The lists of one community, the same for every reader: one more than the first page of its active
 * threads, the pinned ones, and the first that wait for a reply, each in ascending order of time.
 */
export const recentThreads = statement<
  { communityId: string; since: Date },
  RecentThreadRow & { list: 'active' | 'pinned' | 'waiting' }
>(
  'threads.recent',
  `
    select ${THREAD_COLUMNS}, f.list,
      (extract(epoch from f.at) * 1000000)::bigint::text as cursor,
      p.members_only as "membersOnly", p.tier in ('urgent', 'crisis') as hard,
      p.author_id as "authorId"
    from (
      (
        select 'active' as list, x.last_post_at as at, x.id
        from threads x
        where x.community_id = :communityId and x.status = 'published' and x.pinned_at is null
        order by x.last_post_at desc, x.id desc
        limit ${THREADS_PER_PAGE + 1}
      )
      union all
      (
        select 'pinned', x.pinned_at, x.id
        from threads x
        where x.community_id = :communityId
          and x.pinned_at is not null
          and x.status = 'published'
        order by x.pinned_at, x.id
        limit ${MAX_PINNED}
      )
      union all
      (
        select 'waiting', x.created_at, x.id
        from threads x
        where x.community_id = :communityId
          and x.status = 'published'
          and x.reply_count = 0
          and x.locked_at is null
          and x.pinned_at is null
          and x.created_at > :since
        order by x.created_at, x.id
        limit ${RECENT_OF_EACH}
      )
    ) f
    join threads t on t.id = f.id ${THREAD_JOINS}
    order by f.at, f.id
  `,
);

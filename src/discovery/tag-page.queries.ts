import { mayRead, joinMembership } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../threads/thread-list.queries.js';

/** Number of threads on the page of a tag. */
const MAX_THREADS = 8;

/**
 * How many people reacted "same boat" to a post since a given time, by tag of its community. Each
 * person counts once; unlisted and closed communities do not count.
 */
export const sameBoatCounts = statement<{ since: Date }, { tag: string; people: number }>(
  'discovery.same-boat-counts',
  `
    select tag, count(distinct r.member_id)::int as people
    from reactions r
    join posts p on p.id = r.post_id and p.status = 'published'
    join threads t on t.id = p.thread_id and t.status = 'published'
    join communities c on c.id = t.community_id
      and c.visibility <> 'unlisted'
      and c.archived_at is null
    cross join lateral unnest(c.difficulties || c.situations) as tag
    where r.kind = 'same-boat' and r.created_at > :since
    group by tag
  `,
  'pooled',
);

/** The most recently active threads that the viewer may read, in communities with a tag. */
export const threadsOfTag = statement<
  { tag: string; viewerId: string | null; isStaff: boolean },
  ThreadRow
>(
  'discovery.threads-of-tag',
  `
    select ${THREAD_COLUMNS}
    from threads t ${THREAD_JOINS}
    ${joinMembership('c', 'm', ':viewerId')}
    where (:tag = any(c.difficulties) or :tag = any(c.situations))
      and c.visibility <> 'unlisted'
      and c.archived_at is null
      and ${mayRead('c', 'm', ':isStaff::boolean')}
      and ${listedFor(':viewerId')}
    order by t.last_post_at desc, t.id desc
    limit ${MAX_THREADS}
  `,
  'pooled',
);

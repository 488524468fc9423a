import { holdsSeat } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../threads/thread-list.queries.js';

/**
 * The newest of all my communities, those I visit too: the next of each by its own index, then the
 * next of all. Whether the viewer lists it stands in a column, as in a community's own list; what
 * is hard to read waits in its community.
 */
export const feed = statement<
  { viewerId: string; timeInMicroseconds: string; id: string; limit: number },
  ThreadRow
>(
  'finding.feed',
  `
    select ${THREAD_COLUMNS},
      (extract(epoch from t.last_post_at) * 1000000)::bigint::text as cursor,
      (${listedFor(':viewerId')} and p.tier not in ('urgent', 'crisis')) as listed
   from (select n.*
     from memberships mm
     join communities mc on mc.id = mm.community_id and mc.archived_at is null
     cross join lateral (
           select x.*
           from threads x
           where x.community_id = mm.community_id and x.status = 'published' and x.pinned_at is null
             and (x.last_post_at,
               x.id) < (timestamptz 'epoch' + :timeInMicroseconds::bigint * interval '1 microsecond',
               :id::bigint)
           order by x.last_post_at desc, x.id desc limit :limit) n
         where mm.member_id = :viewerId and ${holdsSeat('mm')}
         order by n.last_post_at desc, n.id desc
         limit :limit) t ${THREAD_JOINS}
   order by t.last_post_at desc, t.id desc`,
);

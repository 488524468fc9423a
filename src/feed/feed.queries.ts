import { isMemberOrVisitorSql } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../threads/thread-list.queries.js';

/**
 * The newest threads of the communities that the viewer has joined or visits: reads the next ones
 * of each community by its index, then merges them. `listed` is false for threads that the viewer
 * blocked, muted or filters, and for urgent ones.
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
         where mm.member_id = :viewerId and ${isMemberOrVisitorSql('mm')}
         order by n.last_post_at desc, n.id desc
         limit :limit) t ${THREAD_JOINS}
   order by t.last_post_at desc, t.id desc`,
);

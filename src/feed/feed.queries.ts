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
 * is hard to read waits in its community. $1 viewer, $2 time in microseconds, $3 id, $4 how many
 */
export const feed = statement<ThreadRow>(
  'finding.feed',
  `
    select ${THREAD_COLUMNS},
      (extract(epoch from t.last_post_at) * 1000000)::bigint::text as cursor,
      (${listedFor('$1')} and p.tier not in ('urgent', 'crisis')) as listed
   from (select n.*
     from memberships mm
     join communities mc on mc.id = mm.community_id and mc.archived_at is null
     cross join lateral (
           select x.*
           from threads x
           where x.community_id = mm.community_id and x.status = 'published' and x.pinned_at is null
             and (x.last_post_at,
               x.id) < (timestamptz 'epoch' + $2::bigint * interval '1 microsecond', $3::bigint)
           order by x.last_post_at desc, x.id desc limit $4) n
         where mm.member_id = $1 and ${holdsSeat('mm')}
         order by n.last_post_at desc, n.id desc
         limit $4) t ${THREAD_JOINS}
   order by t.last_post_at desc, t.id desc`,
);

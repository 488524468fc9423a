import { holdsSeat } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../threads/thread-list.queries.js';

export const visitedPlace = statement<
  { communityId: string; viewerId: string },
  { slug: string; name: string; visitUntil: Date | null }
>(
  'belonging.visited-place',
  `
    select c.slug, c.name, m.expires_at as "visitUntil"
    from memberships m
    join communities c on c.id = m.community_id
    where m.community_id = :communityId and m.member_id = :viewerId and ${holdsSeat('m')}
  `,
);

/** What was alive lately, those with the most answers first. */
export const visitedThreads = statement<
  { communityId: string; viewerId: string; since: Date },
  ThreadRow
>(
  'belonging.visited-threads',
  `select ${THREAD_COLUMNS}
   from (select x.*
     from threads x
     where x.community_id = :communityId and x.status = 'published' and x.last_post_at > :since
     order by x.last_post_at desc, x.id desc
     limit 60) t ${THREAD_JOINS}
   where ${listedFor(':viewerId')} order by t.reply_count desc, t.id desc limit 5`,
);

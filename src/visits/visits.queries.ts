import { holdsSeat } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../threads/thread-list.queries.js';

/** $1 community, $2 viewer, who visits it or has joined meanwhile */
export const visitedPlace = statement<{ slug: string; name: string; visitUntil: Date | null }>(
  'belonging.visited-place',
  `
    select c.slug, c.name, m.expires_at as "visitUntil"
    from memberships m
    join communities c on c.id = m.community_id
    where m.community_id = $1 and m.member_id = $2 and ${holdsSeat('m')}
  `,
);

/** What was alive lately, those with the most answers first. $1 community, $2 viewer, $3 since */
export const visitedThreads = statement<ThreadRow>(
  'belonging.visited-threads',
  `select ${THREAD_COLUMNS}
   from (select x.*
     from threads x
     where x.community_id = $1 and x.status = 'published' and x.last_post_at > $3
     order by x.last_post_at desc, x.id desc
     limit 60) t ${THREAD_JOINS}
   where ${listedFor('$2')} order by t.reply_count desc, t.id desc limit 5`,
);

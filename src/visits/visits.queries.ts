import { isMemberOrVisitorSql } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../threads/thread-list.queries.js';

export interface VisitedCommunityRow {
  slug: string;
  name: string;
  /** When the visit ends; null for a membership. */
  visitUntil: Date | null;
}

/** A community that the viewer visits or has joined. */
export const visitedCommunity = statement<
  { communityId: string; viewerId: string },
  VisitedCommunityRow
>(
  'visits.visited-community',
  `
    select c.slug, c.name, m.expires_at as "visitUntil"
    from memberships m
    join communities c on c.id = m.community_id
    where m.community_id = :communityId and m.member_id = :viewerId and ${isMemberOrVisitorSql('m')}
  `,
);

/** Recently active threads, by number of replies. */
export const visitedThreads = statement<
  { communityId: string; viewerId: string; since: Date },
  ThreadRow
>(
  'visits.visited-threads',
  `select ${THREAD_COLUMNS}
   from (select x.*
     from threads x
     where x.community_id = :communityId and x.status = 'published' and x.last_post_at > :since
     order by x.last_post_at desc, x.id desc
     limit 60) t ${THREAD_JOINS}
   where ${listedFor(':viewerId')} order by t.reply_count desc, t.id desc limit 5`,
);

import { titleFor } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';

/** Maximum number of threads per list; the latest choices are listed. */
const MAX_LISTED = 200;

export interface OwnThreadRow {
  id: string;
  /** Empty if the member can no longer open the thread. */
  title: string;
  community: string;
  lastPostAt: Date;
  level: 'following' | 'muted';
}

/** Threads that the member follows or has muted. */
export const ownThreads = statement<{ memberId: string }, OwnThreadRow>(
  'search.own-threads',
  `
    select t.id, ${titleFor('t', 'c', ':memberId')} as title, c.name as community,
      t.last_post_at as "lastPostAt", f.level
    from (select x.*, row_number() over (partition by x.level order by x.thread_id desc) as place
      from thread_follows x
      where x.member_id = :memberId) f
    join threads t on t.id = f.thread_id
    join communities c on c.id = t.community_id
    where f.place <= ${MAX_LISTED}
    order by t.last_post_at desc, t.id desc
  `,
);

export const resetThreadLevel = statement<{ memberId: string; threadId: string }, object>(
  'search.reset-thread-level',
  `
    delete from thread_follows
    where member_id = :memberId and thread_id = :threadId
  `,
);

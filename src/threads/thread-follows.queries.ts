import { statement } from '../kernel/sql.js';

export const setFollowLevel = statement<
  { threadId: string; memberId: string; level: 'following' | 'muted' },
  object
>(
  'threads.follow',
  `
    insert into thread_follows (thread_id, member_id, level)
    values (:threadId, :memberId, :level)
    on conflict (thread_id, member_id)
    do update set level = excluded.level
  `,
);

export const unfollow = statement<{ threadId: string; memberId: string }, object>(
  'threads.unfollow',
  `
    delete from thread_follows
    where thread_id = :threadId and member_id = :memberId
  `,
);

import { statement } from '../kernel/sql.js';

export const saveThread = statement<{ memberId: string; threadId: string; now: Date }, object>(
  'threads.save',
  `
    insert into thread_saves (member_id, thread_id, saved_at)
    values (:memberId, :threadId, :now)
    on conflict
    do nothing
  `,
);

export const unsaveThread = statement<{ memberId: string; threadId: string }, object>(
  'threads.unsave',
  `
    delete from thread_saves
    where member_id = :memberId and thread_id = :threadId
  `,
);

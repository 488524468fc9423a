import { statement } from '../kernel/sql.js';

/** The thread that has the posts of a merged one. */
export const mergedInto = statement<{ id: string }, { into: string }>(
  'threads.merged-into',
  'select merged_into as into from threads where id = :id and merged_into is not null',
);

/** Where a post of a merged thread is now, if it is still in the thread that this was merged into. */
export const placeOfMerged = statement<
  { from: string; into: string; number: number },
  { number: number }
>(
  'threads.place-of-merged',
  `
    select p.number
    from former_places f
    join posts p on p.id = f.post_id and p.thread_id = :into
    where f.thread_id = :from and f.number >= :number
    order by f.number
    limit 1
  `,
);

import { statement } from '../kernel/sql.js';

export const lockThread = statement<{ id: string; now: Date; until: Date | null }, { id: string }>(
  'threads.lock',
  `
    update threads
    set locked_at = coalesce(locked_at, :now), locked_until = :until
    where id = :id
    returning id
  `,
);

export const unlockThread = statement<{ id: string }, object>(
  'threads.unlock',
  'update threads set locked_at = null, locked_until = null where id = :id',
);

export const setSlowMode = statement<{ id: string; minutes: number }, object>(
  'threads.slow',
  'update threads set slow_minutes = :minutes where id = :id',
);

/** Unlocks threads whose lock has expired. */
export const unlockDue = statement<{ now: Date }, object>(
  'threads.reopen',
  'update threads set locked_at = null, locked_until = null where locked_until <= :now',
);

/**
 * Locks the thread's row, so that two concurrent replies of one member cannot both pass the slow
 * mode.
 */
export const lastOwnReply = statement<
  { threadId: string; viewerId: string },
  { at: Date | null; minutes: number }
>(
  'threads.own-last',
  `
    select t.slow_minutes as minutes,
      (select max(p.created_at)
        from posts p
        where p.thread_id = t.id and p.author_id = :viewerId) as at
    from threads t
    where t.id = :threadId
    for update
  `,
);

import { statement } from '../kernel/sql.js';

/** Counts a hit in the current window of a bucket, or opens a new window. */
export const countMail = statement<
  { bucket: string; now: Date; endWindow: Date },
  { hits: number; ends: Date }
>(
  'mail.domain-rate',
  `
    insert into rate_limits as r (bucket, hits, window_ends)
    values (:bucket, 1, :endWindow)
    on conflict (bucket)
    do update set hits = case
        when r.window_ends <= :now then 1
        else r.hits + 1 end,
      window_ends = case
        when r.window_ends <= :now then excluded.window_ends
        else r.window_ends end
    returning hits, window_ends as ends
  `,
);

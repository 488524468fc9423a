import { statement, type NoParams } from '../kernel/sql.js';

/** Applied migrations, by the timestamp in their names. */
export const migrated = statement<NoParams, { time: string }>(
  'pages.migrated',
  'select timestamp::text as time from schema_migrations',
);

export interface Lag {
  waiting: number;
  oldest: number;
  unsent: number;
  unsentOldest: number;
}

/** Counts and ages in seconds of events pending in the outbox, and of unsent emails. */
export const lag = statement<NoParams, Lag>(
  'pages.lag',
  `select (select count(*)::int from outbox where dispatched_at is null) as waiting,
          coalesce((select extract(epoch from now() - min(created_at))::float
            from outbox
            where dispatched_at is null),
            0) as oldest,
          (select count(*)::int
            from mail_deliveries
            where state in ('waiting', 'sending')) as unsent,
          coalesce((select extract(epoch from now() - min(created_at))::float
            from mail_deliveries
            where state in ('waiting', 'sending')),
            0) as "unsentOldest"`,
);
export interface CareRow {
  /** In seconds; null if no held post was decided on. */
  holdMedian: number | null;
  holdHigh: number | null;
  held: number;
  /** The age of the oldest hold in seconds. */
  heldOldest: number;
  threads: number;
  unanswered: number;
}

/**
 * How long posts were held, and how many threads have no reply. A hold ends with the first decision
 * in its case; a thread without a reply counts from one day after it was opened.
 */
export const care = statement<{ since: Date; now: Date }, CareRow>(
  'pages.care',
  `
    with h as (select distinct on (d.case_id)
          extract(epoch from d.created_at - k.opened_at) as seconds
        from decisions d
        join review_cases k on k.id = d.case_id
        where d.created_at >= :since
          and coalesce((d.detail->>'held')::boolean, false)
        order by d.case_id, d.id),
      held as (select k.opened_at
        from review_cases k
        join posts p on p.id = k.post_id
        where k.state = 'open' and p.status = 'held'),
      t as (select t.next_number
        from threads t
        where t.created_at >= :since
          and t.created_at < :now::timestamptz - interval '1 day'
          and t.status = 'published')
    select (select percentile_cont(0.5) within group (order by seconds) from h) as "holdMedian",
      (select percentile_cont(0.9) within group (order by seconds) from h) as "holdHigh",
      (select count(*)::int from held) as held,
      coalesce((select extract(epoch from :now - min(opened_at))::float from held), 0)
        as "heldOldest",
      (select count(*)::int from t) as threads,
      (select count(*)::int from t where next_number = 2) as unanswered
  `,
);
/** Open and overdue cases by tier. */
export const openCaseCounts = statement<NoParams, { tier: string; open: number; late: number }>(
  'pages.open-cases',
  `
    select tier, count(*)::int as open, count(*) filter (where due_at < now())::int as late
    from review_cases
    where state = 'open'
    group by tier
  `,
);

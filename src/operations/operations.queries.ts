import { statement, type NoParams } from '../kernel/sql.js';

/** Migrations that have run, by the time in their names. */
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

/** Counts and ages in seconds: events that wait in the outbox, and mails that are not sent yet. */
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
/** Open cases by tier, and those past their due time. */
export const openCaseCounts = statement<NoParams, { tier: string; open: number; late: number }>(
  'pages.open-cases',
  `
    select tier, count(*)::int as open, count(*) filter (where due_at < now())::int as late
    from review_cases
    where state = 'open'
    group by tier
  `,
);

import { statement } from '../kernel/sql.js';

/**
 * Claims emails that are new, due for a retry, or whose lease has expired. An email to a suppressed
 * member is completed at once. Alerts and account emails are exempt from suppression.
 */
export const claim = statement<
  {
    keys: readonly string[];
    kinds: readonly string[];
    members: readonly (string | null)[];
    now: Date;
    endLease: Date;
    marks: readonly (string | null)[];
  },
  { key: string; state: string; attempts: number; createdAt: Date }
>(
  'mail.claim',
  `
    insert into mail_deliveries as d (key, kind, member_id, state, attempts, lease_until,
      created_at, settled_at, mark)
    select key, kind, member,
      case
        when suppressed then 'suppressed'
        else 'sending' end,
      1,
      case
        when not suppressed then :endLease::timestamptz end,
      :now,
      case
        when suppressed then :now::timestamptz end,
      mark
    from (select l.*,
        l.kind not in ('account', 'alert')
          and exists (select 1
            from mail_suppressions x
            where x.member_id = l.member and x.lifted_at is null) as suppressed
      from unnest(:keys::text[], :kinds::text[], :members::bigint[], :marks::text[])
        as l (key, kind, member, mark)) m
    order by key
    on conflict (key)
    do update set attempts = d.attempts + 1, lease_until = excluded.lease_until,
      state = excluded.state, settled_at = excluded.settled_at
    where (d.state = 'waiting' and coalesce(d.not_before, '-infinity') <= :now)
      or (d.state = 'sending' and d.lease_until < :now)
    returning key, state, attempts, created_at as "createdAt"
  `,
);

/** Records the outcome of an attempt. */
export const recordOutcome = statement<
  { key: string; state: string; code: number; now: Date; notBefore: Date | null },
  object
>(
  'mail.settle',
  `
    update mail_deliveries
    set state = :state, code = :code, settled_at = :now, lease_until = null, not_before = :notBefore
    where key = :key
  `,
  'shared-write',
);

/** Extends the lease of a worker that is still sending. */
export const renew = statement<{ keys: readonly string[]; endLease: Date }, object>(
  'mail.renew',
  `
    update mail_deliveries
    set lease_until = :endLease
    where key = any(:keys::text[]) and state = 'sending'
  `,
);

/** Releases emails that were claimed but not attempted. */
export const release = statement<{ keys: readonly string[]; notBefore: Date | null }, object>(
  'mail.release',
  `
    update mail_deliveries
    set state = 'waiting', lease_until = null, not_before = :notBefore, attempts = attempts - 1
    where key = any(:keys::text[]) and state = 'sending'
  `,
);

/** Cancels emails that are no longer needed, unless a worker currently holds their lease. */
export const withdraw = statement<{ keys: readonly string[]; now: Date }, object>(
  'mail.withdraw',
  `
    update mail_deliveries
    set state = 'withdrawn', settled_at = :now, lease_until = null, not_before = null
    where key = any(:keys::text[])
      and (state = 'waiting' or (state = 'sending' and lease_until < :now))
  `,
);

/** The state of an email that another worker claimed, or that is completed. */
export interface MailState {
  key: string;
  state: string;
  notBefore: Date | null;
  leaseUntil: Date | null;
}

export const statesOf = statement<{ keys: readonly string[] }, MailState>(
  'mail.states',
  `
    select key, state, not_before as "notBefore", lease_until as "leaseUntil"
    from mail_deliveries
    where key = any(:keys::text[])
  `,
  'pooled',
);

import { statement } from '../kernel/sql.js';

/**
 * The rows of the mails, one at a time or many. $1 keys, $2 kinds, $3 members, $4 now, $5 end of
 * the lease, $6 marks; what goes to a member whose mails are stopped ends here, but for what keeps
 * an account safe.
 */
export const claim = statement<{ key: string; state: string; attempts: number; createdAt: Date }>(
  'mail.claim',
  `
    insert into mail_deliveries as d (key, kind, member_id, state, attempts, lease_until,
      created_at, settled_at, mark)
   select key, kind, member, case
     when stopped then 'suppressed'
     else 'sending' end, 1, case
     when not stopped then $5::timestamptz end, $4, case
     when stopped then $4::timestamptz end, mark
   from (select l.*, l.kind not in ('account', 'alert')
     and exists (select 1
       from mail_suppressions x
       where x.member_id = l.member and x.lifted_at is null) as stopped
         from unnest($1::text[], $2::text[], $3::bigint[], $6::text[]) as l (key, kind, member,
           mark)) m
           order by key
   on conflict (key)
   do update set attempts = d.attempts + 1, lease_until = excluded.lease_until,
     state = excluded.state, settled_at = excluded.settled_at
     where (d.state = 'waiting' and coalesce(d.not_before, '-infinity') <= $4)
       or (d.state = 'sending' and d.lease_until < $4)
   returning key, state, attempts, created_at as "createdAt"`,
);

/** $1 key, $2 state, $3 code, $4 now, $5 not before, or null */
export const settle = statement(
  'mail.settle',
  `
    update mail_deliveries
    set state = $2, code = $3, settled_at = $4, lease_until = null, not_before = $5
    where key = $1
  `,
);

/** The worker that holds them is alive. $1 keys, $2 end of the lease */
export const renew = statement(
  'mail.renew',
  `update mail_deliveries set lease_until = $2 where key = any($1::text[]) and state = 'sending'`,
);

/** Those that were not begun with: it was no attempt. $1 keys, $2 not before, or null */
export const release = statement(
  'mail.release',
  `
    update mail_deliveries
    set state = 'waiting', lease_until = null, not_before = $2, attempts = attempts - 1
    where key = any($1::text[]) and state = 'sending'
  `,
);

interface MailState {
  key: string;
  state: string;
  notBefore: Date | null;
  leaseUntil: Date | null;
}

export const statesOf = statement<MailState>(
  'mail.states',
  `select key, state, not_before as "notBefore", lease_until as "leaseUntil"
   from mail_deliveries
   where key = any($1::text[])`,
  'alone',
);

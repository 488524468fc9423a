import { statement } from '../kernel/sql.js';

/** Appends an event, and notifies the relays once the transaction commits. */
export const appendEvent = statement<{ event: string; ids: string }, object>(
  'outbox.append',
  `
    with written as (insert into outbox (event, ids) values (:event, :ids))
    select pg_notify('outbox', '')
  `,
);

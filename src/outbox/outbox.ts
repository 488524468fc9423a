import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { rowsIn, statement } from '../kernel/sql.js';

/** Ids only: an event never carries what a person wrote, an address or a token. */
export type EventIds = Readonly<Record<string, string | number>>;

export interface OutboxEvent {
  /** `noun.past`, as `reply.posted`. */
  readonly name: string;
  readonly ids: EventIds;
}

/** Declares an event and the ids it carries. */
export function event<Ids extends EventIds>(name: string): (ids: Ids) => OutboxEvent {
  return (ids) => ({ name, ids });
}

/** Written and called out in one go; the call is heard when the transaction commits. */
const append = statement<{ event: string; ids: string }, object>(
  'outbox.append',
  `
    with written as (insert into outbox (event, ids) values (:event, :ids))
    select pg_notify('outbox', '')
  `,
);

/**
 * What happened, written in the same transaction as the thing itself: once that commits, its
 * consequences follow however often anything is killed in between.
 */
@Injectable()
export class Outbox {
  async append(tx: Tx, happened: OutboxEvent): Promise<void> {
    await rowsIn(tx, append, { event: happened.name, ids: JSON.stringify(happened.ids) });
  }
}

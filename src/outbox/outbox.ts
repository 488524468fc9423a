import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { rowsIn, statement } from '../kernel/sql.js';

/** Ids only: an event never carries what a person wrote, an address or a token. */
export type EventIds = Readonly<Record<string, string | number>>;

/**
 * For the compiler: the names that ids may have. `asked` is when a person asked, in milliseconds
 * since 1970, and tells two requests of one member apart.
 */
export type IdsOnly<Ids> = {
  readonly [Name in keyof Ids]: Name extends `${string}Id`
    ? string
    : Name extends 'asked'
      ? number
      : never;
};

export interface OutboxEvent {
  /** `noun.past`, as `reply.posted`. */
  readonly name: string;
  readonly ids: EventIds;
}

/** A kind of event; called with ids, it is one that happened. */
export interface EventDefinition<Ids extends EventIds> {
  (ids: Ids): OutboxEvent;
  readonly eventName: string;
}

const declared = new Set<string>();

/**
 * Declares an event and the ids it carries.
 * @param name stays the same forever: the outbox may hold events of an earlier version
 * @throws Error where another event has the name
 */
export function event<Ids extends EventIds & IdsOnly<Ids>>(name: string): EventDefinition<Ids> {
  if (declared.has(name)) throw new Error(`two events are named ${name}`);
  declared.add(name);
  return Object.assign((ids: Ids): OutboxEvent => ({ name, ids }), { eventName: name });
}

/** The names of all events that the loaded features declare. */
export function declaredEvents(): ReadonlySet<string> {
  return declared;
}

/** Stores the event and notifies the relays, which hear of it when the transaction commits. */
const append = statement<{ event: string; ids: string }, object>(
  'outbox.append',
  `
    with written as (insert into outbox (event, ids) values (:event, :ids))
    select pg_notify('outbox', '')
  `,
);

/**
 * Events are stored in the transaction of the change they tell of: once that commits, the jobs that
 * follow are started, however often a process is killed in between.
 */
@Injectable()
export class Outbox {
  async append(tx: Tx, { name, ids }: OutboxEvent): Promise<void> {
    await rowsIn(tx, append, { event: name, ids: JSON.stringify(ids) });
  }
}

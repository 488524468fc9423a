import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { rowsIn } from '../kernel/sql.js';
import { appendEvent } from './outbox.queries.js';

/** Contains only ids: an event never carries text, addresses or tokens. */
export type EventIds = Readonly<Record<string, string | number>>;

/**
 * Restricts, at compile time, the names of ids. `asked` is the time of a request, in milliseconds
 * since the epoch, and distinguishes requests of one member.
 */
export type IdsOnly<Ids> = {
  readonly [Name in keyof Ids]: Name extends `${string}Id`
    ? string
    : Name extends 'asked'
      ? number
      : never;
};

export interface OutboxEvent {
  /** `noun.past-tense`, such as `reply.posted`. */
  readonly name: string;
  readonly ids: EventIds;
}

/** A kind of event; called with ids, it creates an event. */
export interface EventDefinition<Ids extends EventIds> {
  (ids: Ids): OutboxEvent;
  readonly eventName: string;
}

const declared = new Set<string>();

/**
 * Declares an event and its ids.
 * @param name must never change: the outbox may contain events of an earlier version
 * @throws Error if another event has the name
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

/**
 * The transactional outbox: events are appended in the transaction of the change that they
 * describe. After the commit their jobs are added to the queues, even if processes are killed in
 * between (at-least-once delivery).
 */
@Injectable()
export class Outbox {
  /** Appends an event in the caller's transaction. */
  async append(tx: Tx, { name, ids }: OutboxEvent): Promise<void> {
    await rowsIn(tx, appendEvent, { event: name, ids: JSON.stringify(ids) });
  }
}

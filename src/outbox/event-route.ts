import { labelOf, type JobClass, type JobLabel } from '../queue/job.js';
import type { EventDefinition, EventIds } from './outbox.js';

/** The jobs that an event starts. */
export interface EventRoute {
  readonly event: string;
  readonly jobs: readonly JobLabel[];
}

/** The jobs of each event, by name. */
export type EventRoutes = ReadonlyMap<string, readonly JobLabel[]>;

/**
 * Declares the jobs that an event starts. A job that needs an id which the event lacks does not
 * compile.
 */
export function route<Ids extends EventIds>(
  event: EventDefinition<Ids>,
  jobs: readonly JobClass<NoInfer<Ids>>[],
): EventRoute {
  return { event: event.eventName, jobs: jobs.map((job) => labelOf(job)) };
}

/**
 * Merges the routes of each event: one may come from a table and another be declared separately.
 */
export function routesByEvent(routes: readonly EventRoute[]): EventRoutes {
  const byEvent = new Map<string, readonly JobLabel[]>();
  for (const { event, jobs } of routes)
    byEvent.set(event, [...(byEvent.get(event) ?? []), ...jobs]);
  return byEvent;
}

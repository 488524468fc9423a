import { labelOf, type JobClass, type JobLabel } from '../queue/job.js';
import type { EventDefinition, EventIds } from './outbox.js';

/** The jobs that follow an event. */
export interface EventRoute {
  readonly event: string;
  readonly jobs: readonly JobLabel[];
}

/** The jobs of each event, by its name. */
export type EventRoutes = ReadonlyMap<string, readonly JobLabel[]>;

/**
 * Names the jobs that follow an event. The compiler refuses a job that needs an id which the event
 * does not carry.
 */
export function route<Ids extends EventIds>(
  event: EventDefinition<Ids>,
  jobs: readonly JobClass<NoInfer<Ids>>[],
): EventRoute {
  return { event: event.eventName, jobs: jobs.map((job) => labelOf(job)) };
}

/** Merges the routes of each event: one may come from a table and another stand beside it. */
export function routesByEvent(routes: readonly EventRoute[]): EventRoutes {
  const byEvent = new Map<string, readonly JobLabel[]>();
  for (const { event, jobs } of routes)
    byEvent.set(event, [...(byEvent.get(event) ?? []), ...jobs]);
  return byEvent;
}

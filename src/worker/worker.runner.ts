import { Injectable } from '@nestjs/common';
import { describeError, Logger } from '../kernel/logger.js';
import { MailTemplates } from '../mail/mail-templates.js';
import type { EventRoutes } from '../outbox/event-route.js';
import { declaredEvents } from '../outbox/outbox.js';
import { Relay } from '../outbox/relay.js';
import type { JobLabel } from '../queue/job.js';
import { RecurringJobs } from '../queue/recurring-jobs.js';
import { Workers } from '../queue/workers.js';
import { eventRoutes } from './event-routes.js';
import { schedule } from './schedule.js';

/**
 * Starts the job handlers, then the outbox relay, then the schedule. Refuses to start if a job has
 * no handler or an event no route.
 */
@Injectable()
export class WorkerRunner {
  constructor(
    private readonly workers: Workers,
    private readonly recurring: RecurringJobs,
    private readonly relay: Relay,
    private readonly templates: MailTemplates,
    private readonly logger: Logger,
  ) {}

  /** @throws Error if events, jobs and handlers do not match */
  start(): void {
    requireAllRouted(declaredEvents(), eventRoutes);
    this.workers.start(expectedJobs());
    this.relay.start(eventRoutes);
    this.recurring.start();
    this.templates
      .ready()
      .catch((error: unknown) =>
        this.logger.error('the mail templates do not compile', describeError(error)),
      );
  }
}

/** Every job that an event or the schedule can start. */
export function expectedJobs(): JobLabel[] {
  return [
    ...[...eventRoutes.values()].flat(),
    ...schedule.map(({ job, queue }) => ({ name: job, queue })),
  ];
}

/** @throws Error if an event has no route, not even an empty one */
export function requireAllRouted(events: ReadonlySet<string>, routes: EventRoutes): void {
  const missing = [...events].filter((name) => !routes.has(name));
  if (missing.length > 0) throw new Error(`no route for the events ${missing.join(', ')}`);
}

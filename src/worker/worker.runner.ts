import { Injectable } from '@nestjs/common';
import { describeError, Logger } from '../kernel/logger.js';
import { MailTemplates } from '../mail/mail-templates.js';
import { Relay } from '../outbox/relay.js';
import type { JobLabel } from '../queue/job.js';
import { RecurringJobs } from '../queue/recurring-jobs.js';
import { Workers } from '../queue/workers.js';
import { eventRoutes } from './event-routes.js';
import { schedule } from './schedule.js';

/** Sets the jobs going: handlers first, then the schedule, then the relay. */
@Injectable()
export class WorkerRunner {
  constructor(
    private readonly workers: Workers,
    private readonly recurring: RecurringJobs,
    private readonly relay: Relay,
    private readonly templates: MailTemplates,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.workers.start(expectedJobs());
    this.relay.start(eventRoutes);
    this.recurring.start();
    this.templates
      .ready()
      .catch((error: unknown) =>
        this.logger.error('the mails cannot be laid out', describeError(error)),
      );
  }
}

/** Every job that an event or the schedule names. */
export function expectedJobs(): JobLabel[] {
  const fromEvents = Object.values(eventRoutes)
    .flat()
    .map(({ job, queue }) => ({ name: job, queue }));
  return [...fromEvents, ...schedule.map(({ job, queue }) => ({ name: job, queue }))];
}

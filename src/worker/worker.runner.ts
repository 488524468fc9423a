import { Injectable } from '@nestjs/common';
import { describeError, Logger } from '../kernel/logger.js';
import { MailTemplates } from '../mail/mail-templates.js';
import { Relay } from '../outbox/relay.js';
import type { JobLabel } from '../queue/job.js';
import { Queues } from '../queue/queues.js';
import { Workers } from '../queue/workers.js';
import { eventRoutes } from './event-routes.js';
import { schedule } from './schedule.js';

/** Sets the jobs going: handlers first, then the schedule, then the relay. */
@Injectable()
export class WorkerRunner {
  constructor(
    private readonly workers: Workers,
    private readonly queues: Queues,
    private readonly relay: Relay,
    private readonly templates: MailTemplates,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.workers.start(expectedJobs());
    this.relay.start(eventRoutes);
    void this.plan(0);
    this.templates.ready().catch((error: unknown) => this.logger.error('the mails cannot be laid out', describeError(error)));
  }

  /** The store may be away at the start; the schedule is written as soon as it answers. */
  private async plan(tries: number): Promise<void> {
    try {
      for (const { job, queue, every } of schedule) await this.queues.repeat(queue, job, every);
    } catch (error) {
      if (tries === 0) this.logger.warn('the schedule waits for the queue', describeError(error));
      setTimeout(() => void this.plan(tries + 1), Math.min(30_000, 1_000 * 2 ** tries)).unref();
    }
  }
}

/** Every job that an event or the schedule names. */
export function expectedJobs(): JobLabel[] {
  const fromEvents = Object.values(eventRoutes).flat().map(({ job, queue }) => ({ name: job, queue }));
  return [...fromEvents, ...schedule.map(({ job, queue }) => ({ name: job, queue }))];
}

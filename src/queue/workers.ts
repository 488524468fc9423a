import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DelayedError, type Worker } from 'bullmq';
import { Config } from '../kernel/config.js';
import { RetryLater } from '../kernel/errors.js';
import { describeError, Logger } from '../kernel/logger.js';
import { queueStore, type QueueStore } from './connection.js';
import { JobFailed } from './job-failed.js';
import { jobLabel, JobTable, type Job, type JobLabel } from './job.js';
import { QUEUES, type JobIds, type QueueName } from './queues.js';

const CONCURRENCY: Record<QueueName, number> = { urgent: 8, default: 4, bulk: 2 };

/**
 * When another worker takes over the job of a dead one, in milliseconds: the duration of a lock
 * that is not renewed, and the interval of checks for stalled jobs. Shortest for the urgent queue,
 * which sends alerts.
 */
const TAKEOVER: Record<QueueName, { lockDuration: number; stalledInterval: number }> = {
  urgent: { lockDuration: 15_000, stalledInterval: 5_000 },
  default: { lockDuration: 30_000, stalledInterval: 15_000 },
  bulk: { lockDuration: 30_000, stalledInterval: 15_000 },
};

/** Runs the jobs. Refuses to start unless each job has exactly one handler. */
@Injectable()
export class Workers implements BeforeApplicationShutdown {
  private workers: Worker[] = [];
  private store: QueueStore | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly config: Config,
    private readonly logger: Logger,
  ) {}

  /** @param expected every job that an event or the schedule starts */
  start(expected: readonly JobLabel[]): void {
    const handlers = indexHandlers(this.providedHandlers(), expected);
    const store = queueStore(this.config, 'for-ever');
    this.store = store;
    this.workers = QUEUES.map((queue) => this.worker(store, queue, handlers));
  }

  async beforeApplicationShutdown(): Promise<void> {
    // If the store is unreachable, no job can be completed; waiting would only delay the shutdown.
    const away = this.store?.away() ?? false;
    await Promise.all(this.workers.map((worker) => worker.close(away)));
    this.store?.close();
  }

  private worker(store: QueueStore, queue: QueueName, handlers: Map<string, Job>): Worker {
    const worker = new store.Worker(
      queue,
      async (job, token) => {
        const handler = handlers.get(job.name);
        if (handler === undefined) throw new Error(`no handler for ${job.name}`);
        try {
          await handler.run(job.data as JobIds);
        } catch (error) {
          if (!(error instanceof RetryLater)) throw new JobFailed(error);
          await job.moveToDelayed(
            (job.processedOn ?? job.timestamp) + Math.max(1_000, error.after),
            token,
          );
          throw new DelayedError();
        }
      },
      {
        connection: store.connection,
        prefix: store.prefix,
        concurrency: CONCURRENCY[queue],
        ...TAKEOVER[queue],
      },
    );
    worker.on('failed', (job, error) =>
      this.logger.warn('a job failed', {
        job: job?.name,
        attempt: job?.attemptsMade,
        ...describeError(error),
      }),
    );
    worker.on('error', (error) => this.logger.debug('the queue is away', describeError(error)));
    return worker;
  }

  private providedHandlers(): Handled[] {
    return this.discovery.getProviders().flatMap(({ metatype, instance }): Handled[] => {
      if (instance instanceof JobTable) return [...instance.handlers()];
      const label = typeof metatype === 'function' ? jobLabel(metatype) : undefined;
      return label === undefined ? [] : [{ label, handler: instance as Job }];
    });
  }
}

interface Handled {
  readonly label: JobLabel;
  readonly handler: Job;
}

/**
 * Maps each job to exactly one handler.
 * @param provided every handler that the application provides
 * @param expected every job that an event or the schedule starts
 * @throws Error if a job has no handler or two, or if nothing starts a handler
 */
export function indexHandlers(
  provided: readonly Handled[],
  expected: readonly JobLabel[],
): Map<string, Job> {
  const handlers = new Map<string, Job>();
  for (const { label, handler } of provided) {
    const existing = handlers.get(label.name);
    if (existing !== undefined && existing !== handler)
      throw new Error(`the job ${label.name} has two handlers`);
    handlers.set(label.name, handler);
  }
  const names = new Set(expected.map(({ name }) => name));
  const missing = [...names].filter((name) => !handlers.has(name));
  if (missing.length > 0) throw new Error(`no handler for the jobs ${missing.join(', ')}`);
  const idle = [...handlers.keys()].filter((name) => !names.has(name));
  if (idle.length > 0) throw new Error(`nothing starts the jobs ${idle.join(', ')}`);
  return handlers;
}

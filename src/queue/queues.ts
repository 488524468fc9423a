import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { Config } from '../kernel/config.js';
import { queueStore, type QueueStore } from './connection.js';
import { displayedReason } from './job-failed.js';

export const QUEUES = ['urgent', 'default', 'bulk'] as const;
export type QueueName = (typeof QUEUES)[number];
export type JobIds = Readonly<Record<string, string | number>>;

/** A job that failed permanently, for the operator. */
export interface FailedJob {
  readonly queue: QueueName;
  readonly id: string;
  readonly name: string;
  /** Name and code of the error. */
  readonly reason: string;
  readonly attempts: number;
  readonly failedAt: Date | null;
}

/** A recurring job in the store. */
export interface PlannedJob {
  readonly queue: QueueName;
  readonly job: string;
  /** Milliseconds between two runs. */
  readonly every: number | null;
  readonly next: Date | null;
}

export interface JobFilter {
  readonly queue?: QueueName;
  readonly name?: string;
}

const MAX_FAILED = 1_000;
/** Maximum number of attempts, with exponential back-off between them. */
export const ATTEMPTS = 12;
const HOUR_SECONDS = 3_600;

/** Retention of finished jobs: long enough to deduplicate, and to show failures. */
const RETENTION = {
  removeOnComplete: { age: 24 * HOUR_SECONDS, count: 5_000 },
  removeOnFail: { age: 30 * 24 * HOUR_SECONDS },
};

/**
 * Adds jobs to the queues. A job's payload contains only ids; its own id makes adding it
 * idempotent.
 */
@Injectable()
export class Queues implements OnApplicationShutdown {
  private readonly open = new Map<QueueName, Queue>();

  constructor(private readonly config: Config) {}

  async add(
    queue: QueueName,
    job: string,
    ids: JobIds,
    options: { id?: string; delay?: number } = {},
  ): Promise<void> {
    await this.queue(queue).add(job, ids, {
      jobId: options.id,
      delay: options.delay,
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: 2_000 },
      ...RETENTION,
    });
  }

  /**
   * Schedules a recurring job.
   * @param every milliseconds between two runs
   */
  async repeat(queue: QueueName, job: string, every: number): Promise<void> {
    await this.queue(queue).upsertJobScheduler(
      job,
      { every },
      { name: job, data: {}, opts: RETENTION },
    );
  }

  /** Removes a recurring job and its next run from the store. */
  async forget({ queue, job }: Pick<PlannedJob, 'queue' | 'job'>): Promise<void> {
    await this.queue(queue).removeJobScheduler(job);
  }

  /** Every recurring job in the store. */
  async planned(): Promise<PlannedJob[]> {
    const all = await Promise.all(
      QUEUES.map(async (queue) =>
        (await this.queue(queue).getJobSchedulers()).map((known) => ({
          queue,
          job: known.key,
          every: known.every ?? null,
          next: known.next == null ? null : new Date(known.next),
        })),
      ),
    );
    return all.flat();
  }

  /** Whether the store still contains the job of a scheduled run: waiting, delayed or running. */
  async holdsRun({ queue, job, next }: PlannedJob): Promise<boolean> {
    if (next === null) return false;
    // BullMQ derives the id of each run from its scheduler and time.
    const run = (await this.queue(queue).getJob(`repeat:${job}:${next.getTime()}`)) as
      Job | undefined;
    // A finished run whose worker died before scheduling the next one does not count.
    return run !== undefined && !['completed', 'failed', 'unknown'].includes(await run.getState());
  }

  /** @param listener called each time Redis is connected; never for PostgreSQL */
  onConnected(listener: () => void): void {
    this.opened().onConnected(listener);
  }

  /** Numbers of waiting, running, delayed and failed jobs, by queue. */
  async counts(): Promise<Record<QueueName, Record<string, number>>> {
    const all = await Promise.all(
      QUEUES.map(async (name) => [name, await this.queue(name).getJobCounts()] as const),
    );
    return Object.fromEntries(all) as Record<QueueName, Record<string, number>>;
  }

  /** Permanently failed jobs, newest first, at most a thousand per queue. */
  async failed(filter: JobFilter = {}): Promise<FailedJob[]> {
    const found: FailedJob[] = [];
    for (const queue of QUEUES.filter(
      (each) => filter.queue === undefined || filter.queue === each,
    )) {
      for (const job of await this.queue(queue).getFailed(0, MAX_FAILED - 1)) {
        if (filter.name !== undefined && job.name !== filter.name) continue;
        found.push({
          queue,
          id: job.id ?? '',
          name: job.name,
          reason: displayedReason(job.failedReason),
          attempts: job.attemptsMade,
          failedAt: job.finishedOn == null ? null : new Date(job.finishedOn),
        });
      }
    }
    return found;
  }

  /**
   * Retries failed jobs.
   * @returns their number
   */
  async retryFailed(filter: JobFilter = {}): Promise<number> {
    let count = 0;
    for (const { queue, id } of await this.failed(filter))
      if ((await this.retry(queue, id)) !== null) count += 1;
    return count;
  }

  /**
   * Retries a failed job with all of its attempts and back-off reset.
   * @returns its name; null if it does not exist or has not failed
   */
  retry(queue: QueueName, id: string): Promise<string | null> {
    const reset = { resetAttemptsMade: true, resetAttemptsStarted: true };
    return this.withFailed(queue, id, (job) => job.retry('failed', reset));
  }

  /**
   * Deletes a failed job.
   * @returns like `retry`
   */
  remove(queue: QueueName, id: string): Promise<string | null> {
    return this.withFailed(queue, id, (job) => job.remove());
  }

  private async withFailed(
    queue: QueueName,
    id: string,
    work: (job: Job) => Promise<unknown>,
  ): Promise<string | null> {
    const job = (await this.queue(queue).getJob(id)) as Job | undefined;
    if (job === undefined || !(await job.isFailed())) return null;
    await work(job);
    return job.name;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.open.values()].map((queue) => queue.close()));
    this.store?.close();
  }

  private store: QueueStore | undefined;

  private opened(): QueueStore {
    return (this.store ??= queueStore(this.config, 'not-at-all'));
  }

  private queue(name: QueueName): Queue {
    let queue = this.open.get(name);
    if (queue === undefined) {
      const store = this.opened();
      queue = new store.Queue(name, { connection: store.connection, prefix: store.prefix });
      // Emitted at every connection attempt; each call reports its own failure.
      queue.on('error', () => undefined);
      this.open.set(name, queue);
    }
    return queue;
  }
}

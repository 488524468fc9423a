import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Config } from '../kernel/config.js';
import { queueStore, type QueueStore } from './connection.js';

export const QUEUES = ['urgent', 'default', 'bulk'] as const;
export type QueueName = (typeof QUEUES)[number];
export type JobIds = Readonly<Record<string, string | number>>;

const ATTEMPTS = 12;
const HOUR_SECONDS = 3_600;

/** Hands jobs over. A job carries ids; its own id makes a second handing-over harmless. */
@Injectable()
export class Queues implements OnApplicationShutdown {
  private readonly open = new Map<QueueName, Queue>();

  constructor(private readonly config: Config) {}

  async add(queue: QueueName, job: string, ids: JobIds, options: { id?: string; delay?: number } = {}): Promise<void> {
    await this.queue(queue).add(job, ids, {
      jobId: options.id,
      delay: options.delay,
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: 2_000 },
      removeOnComplete: { age: 24 * HOUR_SECONDS, count: 5_000 },
      removeOnFail: { age: 30 * 24 * HOUR_SECONDS },
    });
  }

  /** @param every milliseconds */
  async repeat(queue: QueueName, job: string, every: number): Promise<void> {
    await this.queue(queue).upsertJobScheduler(job, { every }, { name: job, data: {} });
  }

  /** Jobs waiting, running, delayed and failed, by queue. */
  async counts(): Promise<Record<QueueName, Record<string, number>>> {
    const all = await Promise.all(QUEUES.map(async (name) => [name, await this.queue(name).getJobCounts()] as const));
    return Object.fromEntries(all) as Record<QueueName, Record<string, number>>;
  }

  /** Puts failed jobs back. @returns how many */
  async retryFailed(): Promise<number> {
    let count = 0;
    for (const name of QUEUES) {
      for (const job of await this.queue(name).getFailed(0, 999)) {
        await job.retry();
        count += 1;
      }
    }
    return count;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.open.values()].map((queue) => queue.close()));
    this.store?.close();
  }

  private store: QueueStore | undefined;

  private queue(name: QueueName): Queue {
    let queue = this.open.get(name);
    if (queue === undefined) {
      this.store ??= queueStore(this.config, 'not-at-all');
      queue = new this.store.Queue(name, { connection: this.store.connection });
      queue.on('error', () => undefined);
      this.open.set(name, queue);
    }
    return queue;
  }
}

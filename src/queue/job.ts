import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { JobIds, QueueName } from './queues.js';

/** The payload of a job without parameters, such as a recurring one. */
export type NoIds = Record<string, never>;

/** A job is idempotent: it reads the current state by its ids and calls a single service method. */
export interface Job<Ids extends JobIds = JobIds> {
  run(ids: Ids): Promise<void>;
}

/** The name under which the store identifies a job, and the queue that runs it. */
export interface JobLabel {
  readonly name: string;
  readonly queue: QueueName;
}

/**
 * A class that handles a job and can be run with `Ids`. The constructor's parameters do not matter.
 */
export type JobClass<Ids extends JobIds> = abstract new (...dependencies: never[]) => {
  // A property instead of a method, because TypeScript compares method parameters bivariantly.
  run: (ids: Ids) => Promise<void>;
};

/**
 * A provider that handles several jobs, one per row of a table. Each label has its own handler,
 * which lives as long as the provider.
 */
export abstract class JobTable {
  abstract handlers(): readonly { readonly label: JobLabel; readonly handler: Job }[];
}

const JOB = 'sameboat:job';

/**
 * Marks the class that handles a job.
 * @param name must never change: jobs added by an earlier version may wait under it
 */
export function Handles(name: string, queue: QueueName = 'default'): CustomDecorator {
  return SetMetadata(JOB, { name, queue } satisfies JobLabel);
}

/** The label that `@Handles` gave a class; undefined for any other class. */
export function jobLabel(type: object): JobLabel | undefined {
  return Reflect.getMetadata(JOB, type) as JobLabel | undefined;
}

/** @throws Error for a class without `@Handles` */
export function labelOf(job: JobClass<never>): JobLabel {
  const label = jobLabel(job);
  if (label === undefined) throw new Error(`the class ${job.name} handles no job`);
  return label;
}

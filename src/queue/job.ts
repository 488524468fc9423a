import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { JobIds, QueueName } from './queues.js';

/** The ids of a job that takes none: a recurring one. */
export type NoIds = Record<string, never>;

/** A job is idempotent: it reads the current state by its ids and calls one method of a service. */
export interface Job<Ids extends JobIds = JobIds> {
  run(ids: Ids): Promise<void>;
}

/** The name under which the store keeps a job, and the queue that runs it. */
export interface JobLabel {
  readonly name: string;
  readonly queue: QueueName;
}

/** A class that handles a job and can be called with `Ids`. Its constructor does not matter. */
export type JobClass<Ids extends JobIds> = abstract new (...dependencies: never[]) => {
  // A property and not a method: the compiler compares the parameters of methods both ways.
  run: (ids: Ids) => Promise<void>;
};

/**
 * A provider that handles several jobs, one for each row of a table. Each label is handled by an
 * object of its own that lives as long as the provider.
 */
export abstract class JobTable {
  abstract handlers(): readonly { readonly label: JobLabel; readonly handler: Job }[];
}

const JOB = 'sameboat:job';

/**
 * Marks the class that handles a job.
 * @param name stays the same forever: jobs of an earlier version wait under it in the store
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

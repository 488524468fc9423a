import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { JobIds, QueueName } from './queues.js';

/**
 * A job is shallow and may run twice: it re-reads the world by the ids it was given and calls one
 * verb of a service.
 */
export interface Job<Ids extends JobIds = JobIds> {
  run(ids: Ids): Promise<void>;
}

export interface JobLabel {
  readonly name: string;
  readonly queue: QueueName;
}

export const JOB = 'sameboat:job';

/** Marks the provider that handles a job. @param name verb first, as `notify-of-reply` */
export function Handles(name: string, queue: QueueName = 'default'): CustomDecorator {
  return SetMetadata(JOB, { name, queue } satisfies JobLabel);
}

import { createPostgresBackend, setDefaultBackendFactory, type ConnectionOptions } from 'bullmq';
import { Redis } from 'ioredis';
import type { Config } from '../kernel/config.js';

/** BullMQ's tables live apart from ours. */
export const QUEUE_SCHEMA = 'bullmq';

/**
 * How BullMQ reaches its store: Redis where REDIS_URL is set, else its PostgreSQL back end in a schema of its own.
 * @param waits a worker waits for its store for ever; whoever adds a job wants to know at once that the store is away
 */
export function queueConnection(config: Config, waits: 'for-ever' | 'not-at-all'): ConnectionOptions {
  if (config.REDIS_URL !== undefined) {
    const options = waits === 'for-ever' ? { maxRetriesPerRequest: null } : { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 5_000 };
    const redis = new Redis(config.REDIS_URL, options);
    redis.on('error', () => undefined);
    return redis as unknown as ConnectionOptions;
  }
  setDefaultBackendFactory(createPostgresBackend as never);
  const max = waits === 'for-ever' ? 6 : 4;
  return { connectionString: config.DATABASE_URL ?? '', schema: QUEUE_SCHEMA, migrate: true, max, application_name: 'sameboat-queue' } as unknown as ConnectionOptions;
}

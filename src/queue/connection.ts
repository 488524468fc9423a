import { createPostgresBackend, Queue, Worker, withBackend, type ConnectionOptions } from 'bullmq';
import type { Config } from '../kernel/config.js';
import { openRedis, queuePrefix } from '../kernel/redis.js';

/** Schema that contains BullMQ's tables. */
export const QUEUE_SCHEMA = 'bullmq';

const onPostgres = withBackend(createPostgresBackend);

/** BullMQ's classes for the configured store, and its connection. */
export interface QueueStore {
  Queue: typeof Queue;
  Worker: typeof Worker;
  connection: ConnectionOptions;
  /** Prefix of the keys in Redis; unused in PostgreSQL. */
  prefix?: string;
  /** @param listener called each time Redis is connected */
  onConnected(listener: () => void): void;
  /** Whether Redis is known to be unreachable; always false for PostgreSQL. */
  away(): boolean;
  close(): void;
}

/**
 * Redis if REDIS_URL is set; otherwise BullMQ's PostgreSQL back end in its own schema.
 * @param waits whether commands wait for the store (for workers), or fail immediately (for adding
 *   jobs)
 */
export function queueStore(config: Config, waits: 'for-ever' | 'not-at-all'): QueueStore {
  if (config.REDIS_URL !== undefined) {
    const options =
      waits === 'for-ever'
        ? { maxRetriesPerRequest: null }
        : { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 5_000 };
    const redis = openRedis(config.REDIS_URL, options);
    // Emitted at every connection attempt. Commands report their own failures, and workers log
    // them.
    redis.on('error', () => undefined);
    return {
      Queue,
      Worker,
      connection: redis as unknown as ConnectionOptions,
      prefix: queuePrefix(config.REDIS_URL),
      onConnected: (listener) => void redis.on('ready', listener),
      away: () => redis.status !== 'ready',
      close: () => redis.disconnect(),
    };
  }
  const max = waits === 'for-ever' ? 6 : 4;
  const connection = {
    // It uses LISTEN and sets its schema when connecting; poolers support neither.
    connectionString: config.directUrl,
    schema: QUEUE_SCHEMA,
    migrate: true,
    max,
    application_name: 'sameboat-queue',
  };
  return {
    Queue: onPostgres.Queue as unknown as typeof Queue,
    Worker: onPostgres.Worker as unknown as typeof Worker,
    connection: connection as unknown as ConnectionOptions,
    onConnected: () => undefined,
    away: () => false,
    close: () => undefined,
  };
}

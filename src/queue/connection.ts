import { createPostgresBackend, Queue, Worker, withBackend, type ConnectionOptions } from 'bullmq';
import type { Config } from '../kernel/config.js';
import { openRedis, queuePrefix } from '../kernel/redis.js';

/** Schema of BullMQ's tables. */
export const QUEUE_SCHEMA = 'bullmq';

const onPostgres = withBackend(createPostgresBackend);

/** BullMQ's classes for the configured store, and its connection. */
export interface QueueStore {
  Queue: typeof Queue;
  Worker: typeof Worker;
  connection: ConnectionOptions;
  /** Of the keys in Redis; PostgreSQL has none. */
  prefix?: string;
  /** @param listener called each time Redis is connected */
  onConnected(listener: () => void): void;
  /** Whether Redis is known to be unreachable; always false for PostgreSQL. */
  away(): boolean;
  close(): void;
}

/**
 * Redis where REDIS_URL is set; otherwise BullMQ's PostgreSQL back end in a schema of its own.
 * @param waits whether commands wait for the store, as a worker's do, or fail at once, as those
 *   that add jobs do
 */
export function queueStore(config: Config, waits: 'for-ever' | 'not-at-all'): QueueStore {
  if (config.REDIS_URL !== undefined) {
    const options =
      waits === 'for-ever'
        ? { maxRetriesPerRequest: null }
        : { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 5_000 };
    const redis = openRedis(config.REDIS_URL, options);
    // Emitted at every attempt to connect; commands fail by themselves, and workers log it.
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
    // It listens, and names its schema when it connects, which no pooler allows.
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

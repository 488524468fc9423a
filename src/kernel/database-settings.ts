import { redisAddress } from './redis.js';
import type { Pooling } from './connection-settings.js';
import { address, addresses, oneOf, Setting } from './settings.js';

/** How to connect to PostgreSQL, directly and through a pooler. */
export class DatabaseSettings {
  /** Without it the embedded PostgreSQL is used. */
  @Setting(address('postgres', 'postgresql'))
  DATABASE_URL?: string;

  /** The pooling mode of a pooler at DATABASE_URL. */
  @Setting(oneOf('session', 'transaction'))
  DATABASE_POOLING: Pooling = 'session';

  /** The direct address of PostgreSQL, if DATABASE_URL is a pooler. */
  @Setting(address('postgres', 'postgresql'))
  DATABASE_DIRECT_URL?: string;

  /** Streaming replicas that serve page reads, comma-separated. */
  @Setting(addresses('postgres', 'postgresql'))
  DATABASE_REPLICA_URLS?: string;

  /**
   * For everything that needs a session of its own: migrations, LISTEN, advisory locks, backups,
   * and the queues when they are stored in PostgreSQL.
   */
  get directUrl(): string {
    return this.DATABASE_DIRECT_URL ?? this.DATABASE_URL ?? '';
  }

  get replicaUrls(): string[] {
    return (this.DATABASE_REPLICA_URLS ?? '').split(',').flatMap((each) => each.trim() || []);
  }

  /** Without it queues and rate limits are stored in PostgreSQL. */
  @Setting(redisAddress)
  REDIS_URL?: string;
}

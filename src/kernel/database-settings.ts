import { redisAddress } from './redis.js';
import type { Pooling } from './connection-settings.js';
import { address, addresses, oneOf, Setting } from './settings.js';

/** Where PostgreSQL is, and what stands before it. */
export class DatabaseSettings {
  /** Without it the embedded PostgreSQL. */
  @Setting(address('postgres', 'postgresql'))
  DATABASE_URL?: string;

  /** How long a pooler at DATABASE_URL keeps a connection with one client. */
  @Setting(oneOf('session', 'transaction'))
  DATABASE_POOLING: Pooling = 'session';

  /** PostgreSQL itself, where DATABASE_URL is a pooler. */
  @Setting(address('postgres', 'postgresql'))
  DATABASE_DIRECT_URL?: string;

  /** Streaming replicas that pages are read from, comma-separated. */
  @Setting(addresses('postgres', 'postgresql'))
  DATABASE_REPLICA_URLS?: string;

  /**
   * For what needs a session of its own: migrations, LISTEN, advisory locks, backups, and the
   * queues where they live in PostgreSQL.
   */
  get directUrl(): string {
    return this.DATABASE_DIRECT_URL ?? this.DATABASE_URL ?? '';
  }

  get replicaUrls(): string[] {
    return (this.DATABASE_REPLICA_URLS ?? '').split(',').flatMap((each) => each.trim() || []);
  }

  /** Without it queues and rate limits live in PostgreSQL. */
  @Setting(redisAddress)
  REDIS_URL?: string;
}

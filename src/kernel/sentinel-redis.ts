import { Redis, type RedisOptions } from 'ioredis';

/** Milliseconds after which a connection that ended by itself is opened again. */
const REOPEN_AFTER = 100;

/**
 * A connection through Sentinels that never ends by itself.
 *
 * ioredis gives up for good if a Sentinel announces the new server while the lost connection is
 * being opened again: its failover detector closes the connector, and the attempt counts as closed
 * by the caller. Duplicates, which BullMQ makes for its workers, behave the same.
 */
export class SentinelRedis extends Redis {
  private closed = false;
  private reopening: NodeJS.Timeout | null = null;

  constructor(options: RedisOptions) {
    super(options);
    this.on('end', () => this.reopen());
  }

  override duplicate(override?: Partial<RedisOptions>): Redis {
    return new SentinelRedis({ ...this.options, ...override });
  }

  /** @param reconnect whether to open the connection again afterwards */
  override disconnect(reconnect = false): void {
    if (!reconnect) this.close();
    super.disconnect(reconnect);
  }

  override quit(...args: Parameters<Redis['quit']>): ReturnType<Redis['quit']> {
    this.close();
    return super.quit(...args);
  }

  private close(): void {
    this.closed = true;
    if (this.reopening !== null) clearTimeout(this.reopening);
  }

  private reopen(): void {
    if (this.closed) return;
    this.reopening = setTimeout(() => {
      // A failed attempt ends the connection again, which schedules the next one.
      this.connect().catch(() => undefined);
    }, REOPEN_AFTER);
  }
}

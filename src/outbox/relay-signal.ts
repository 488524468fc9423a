import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Sql, statement, type NoParams } from '../kernel/sql.js';

/** Milliseconds for which commits are collected. */
const COLLECTED = 20;

const notify = statement<NoParams, object>('outbox.notify', `select pg_notify('outbox', '')`);

/**
 * Notifies the relays of events that are already committed, once for all of the last few
 * milliseconds. A transaction that notifies holds a lock on all databases of the server until its
 * commit is on disk, so that such commits cannot share a write to disk. If the process ends before
 * the notification, the relays find the events when they poll.
 */
@Injectable()
export class RelaySignal implements BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly sql: Sql) {}

  /** To be called after the commit. */
  schedule(): void {
    this.timer ??= setTimeout(() => void this.flush(), COLLECTED).unref();
  }

  /** Sends the scheduled notification, if there is one, without waiting any longer. */
  async flush(): Promise<void> {
    if (this.timer === null) return;
    clearTimeout(this.timer);
    this.timer = null;
    // The relays poll as well, so a failure only delays them.
    await this.sql.rows(notify).catch(() => undefined);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.flush();
  }
}

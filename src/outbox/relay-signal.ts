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
  private sent: Promise<unknown> = Promise.resolve();

  constructor(private readonly sql: Sql) {}

  /** To be called after the commit. */
  schedule(): void {
    this.timer ??= setTimeout(() => void this.flush(), COLLECTED).unref();
  }

  /** Sends the scheduled notification without waiting any longer, and waits for those on the way. */
  async flush(): Promise<void> {
    if (this.timer !== null) {
      clearTimeout(this.timer);
      this.timer = null;
      // The relays poll as well, so a failure only delays them.
      const sent = this.sql.rows(notify).catch(() => undefined);
      this.sent = Promise.all([this.sent, sent]);
    }
    await this.sent;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.flush();
  }
}

import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { Config } from '../kernel/config.js';
import { Database, type Tx } from '../kernel/database.js';
import { describeError, Logger } from '../kernel/logger.js';
import { executeIn, queryIn } from '../kernel/sql.js';
import { Queues } from '../queue/queues.js';
import type { EventRoutes } from './event-route.js';
import type { EventIds } from './outbox.js';

interface PendingEvent {
  id: string;
  event: string;
  ids: EventIds;
}

const BATCH = 200;
/** Milliseconds between two polls if no notification arrives. */
const POLL_EVERY = 2_000;

/**
 * Dispatches events to the queues: claims a batch, adds each job under an id derived from the
 * outbox row, marks the batch as dispatched, and commits. If the process is killed in between, the
 * batch is claimed again and the queue deduplicates the jobs.
 */
@Injectable()
export class Relay implements BeforeApplicationShutdown {
  private running: Promise<void> | null = null;
  private stopping = false;
  private listener: pg.Client | null = null;
  private wake: () => void = () => undefined;
  private nudged = false;
  private faults = 0;

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly logger: Logger,
  ) {}

  start(routes: EventRoutes): void {
    if (this.running !== null) return;
    // Events need not wait for the end of a pause once Redis is back.
    this.queues.onConnected(() => this.nudge());
    this.running = this.loop(routes);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.nudge();
    await this.running;
    // A lost connection cannot be closed.
    await this.listener?.end().catch(() => undefined);
  }

  /**
   * Dispatches one batch.
   * @returns number of events
   */
  async carry(routes: EventRoutes): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      const batch = await claim(tx);
      for (const { id, event, ids } of batch) {
        for (const { name, queue } of routes.get(event) ?? []) {
          await this.queues.add(queue, name, ids, { id: `outbox-${id}-${name}` });
        }
      }
      if (batch.length > 0)
        await executeIn(
          tx,
          'update outbox set dispatched_at = now() where id = any(:batch::bigint[])',
          { batch: batch.map((row) => row.id) },
        );
      return batch.length;
    });
  }

  /**
   * Dispatches all events since a time again; queues deduplicate jobs that they still contain.
   * @returns number of events
   */
  async replay(since: Date): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      const count = await executeIn(
        tx,
        `
          update outbox
          set dispatched_at = null
          where dispatched_at is not null and created_at >= :since
        `,
        { since },
      );
      if (count > 0) await executeIn(tx, `select pg_notify('outbox', '')`);
      return count;
    });
  }

  private async loop(routes: EventRoutes): Promise<void> {
    while (!this.stopping) {
      try {
        await this.listen();
        const dispatched = await this.carry(routes);
        this.faults = 0;
        if (dispatched < BATCH) await this.pause(POLL_EVERY);
      } catch (error) {
        this.faults += 1;
        if (this.faults === 1)
          this.logger.warn('the relay waits for its services', describeError(error));
        await this.pause(Math.min(30_000, 500 * 2 ** Math.min(this.faults, 6)));
      }
    }
  }

  private async listen(): Promise<void> {
    if (this.listener !== null) return;
    const client = new pg.Client({
      connectionString: this.config.directUrl,
      keepAlive: true,
      application_name: 'sameboat-relay',
    });
    const lost = (): void => {
      this.listener = null;
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', () => this.nudge());
    await client.connect();
    await client.query('listen outbox');
    this.listener = client;
  }

  private nudge(): void {
    this.nudged = true;
    this.wake();
  }

  private pause(most: number): Promise<void> {
    if (this.nudged || this.stopping) {
      this.nudged = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.nudged = false;
        this.wake = () => undefined;
        resolve();
      };
      const timer = setTimeout(done, most);
      this.wake = done;
    });
  }
}

function claim(tx: Tx): Promise<PendingEvent[]> {
  return queryIn<PendingEvent>(
    tx,
    `
      select id, event, ids
      from outbox
      where dispatched_at is null
      order by id
      limit :limit
      for update skip locked
    `,
    { limit: BATCH },
  );
}

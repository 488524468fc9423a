import type { OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { SECOND, type Clock } from './clock.js';
import { isDatabaseUnreachable } from './database-errors.js';
import { describeError, type Logger } from './logger.js';
import type { NamedQuery } from './pipelined-reads.js';
import type { ReadKind } from './read-connections.js';
import { Replica } from './replica.js';
import { requestReads, type RequestReads } from './request-reads.js';
import { PositionHistory, type ServerPosition } from './server-position.js';

const ASK_EVERY = SECOND;
/** Maximum lag in milliseconds; a replica that lags further behind is not used. */
export const MAX_LAG = 3 * SECOND;
/**
 * How often, and at which interval in milliseconds, a replica is polled for a person's own writes.
 */
const OWN_WRITES = { tries: 4, pause: 15 };

const POSITION = `
  select
    (pg_current_wal_lsn() - '0/0')::text as position,
    (select system_identifier::text from pg_control_system()) as system,
    substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) as timeline,
    current_database() as name`;

/** The end of everything committed, regardless of `synchronous_commit`. */
const COMMITTED = `select (pg_current_wal_insert_lsn() - '0/0')::text as position`;

/**
 * Routes page reads to streaming replicas. A replica that lags, is unreachable, follows another
 * server or has been promoted is not used until it recovers; the primary answers whatever no
 * replica can.
 */
export class Replicas implements OnApplicationShutdown {
  /** Number of reads answered since the process started. */
  readonly reads = { primary: 0, replica: 0 };

  private readonly history = new PositionHistory(2 * MAX_LAG);
  private primaryAt: ServerPosition | null = null;
  private turn = 0;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  /** @param primary a pool on the primary */
  constructor(
    readonly all: readonly Replica[],
    private readonly primary: () => Pool,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  get enabled(): boolean {
    return this.all.length > 0;
  }

  /** Compares the replicas with the primary now and then every second. */
  async start(): Promise<void> {
    if (!this.enabled || this.closed) return;
    await this.compare();
    if (!this.isClosed()) this.timer = setTimeout(() => void this.start(), ASK_EVERY).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    // A lost replica has nothing to close.
    await Promise.all(this.all.map((replica) => replica.close().catch(() => undefined)));
  }

  /**
   * Runs a read on the replica of the current request.
   * @returns null if the primary has to answer
   */
  async rows<Row extends object>(kind: ReadKind, query: NamedQuery): Promise<Row[] | null> {
    const reads = requestReads();
    const replica = reads === null ? null : await this.replicaFor(reads);
    if (reads === null || replica === null) {
      this.reads.primary += 1;
      return null;
    }
    try {
      const rows = await replica.rows<Row>(kind, query);
      this.reads.replica += 1;
      reads.lagged = true;
      return rows;
    } catch (error) {
      // The replica was lost, cancelled the query because of replay, or lacks a table that a
      // migration has just created. The primary shows whether the statement itself is at fault.
      reads.usePrimary();
      if (isDatabaseUnreachable(error)) this.leaveOut(replica, 'a connection is lost', error);
      this.reads.primary += 1;
      return null;
    }
  }

  /** The log position that includes everything committed so far. */
  async committed(): Promise<bigint> {
    const { rows } = await this.primary().query<{ position: string }>(COMMITTED);
    return BigInt(rows[0]?.position ?? 0);
  }

  /** Polls the positions of all servers. */
  async compare(): Promise<void> {
    const askedAt = this.clock.monotonic();
    try {
      const now = await this.askPrimary();
      if (this.primaryAt !== null && !isSameLine(this.primaryAt, now)) this.history.clear();
      this.primaryAt = now;
      // Recorded with the time before the query, so that a replica never appears fresher than it
      // is.
      this.history.add(askedAt, now.position);
    } catch {
      // No new position to compare with: the replicas age until they are no longer used.
    }
    await Promise.all(this.all.map((replica) => this.compareOne(replica)));
  }

  private async compareOne(replica: Replica): Promise<void> {
    try {
      const at = await replica.position();
      replica.lag = at.inRecovery ? this.history.lagOf(at.position, this.clock.monotonic()) : null;
      const fault = this.faultOf(replica, at);
      if (fault === null) this.use(replica);
      else this.leaveOut(replica, fault);
    } catch (error) {
      replica.lag = null;
      this.leaveOut(replica, 'it does not answer', error);
      replica.reset();
    }
  }

  private faultOf(replica: Replica, at: ServerPosition & { inRecovery: boolean }): string | null {
    if (!at.inRecovery) return 'it is no replica, or no longer';
    if (this.primaryAt === null) return 'the primary does not answer';
    if (!isSameLine(this.primaryAt, at)) return 'it does not follow the primary';
    return replica.lag === null || replica.lag > MAX_LAG ? 'it is behind' : null;
  }

  private use(replica: Replica): void {
    if (!replica.usable)
      this.logger.info('pages are read from a replica', { replica: replica.number });
    replica.usable = true;
    replica.fault = null;
  }

  private leaveOut(replica: Replica, fault: string, error?: unknown): void {
    replica.usable = false;
    if (replica.fault === fault) return;
    replica.fault = fault;
    const details = error === undefined ? {} : describeError(error);
    this.logger.warn('a replica is left out', { ...details, replica: replica.number, fault });
  }

  private replicaFor(reads: RequestReads): Promise<Replica | null> {
    if (!reads.pageOnly || reads.wrote) return Promise.resolve(null);
    return (reads.replica ??= this.choose(reads.after));
  }

  /** @param after log position that the replica must have replayed */
  private async choose(after: bigint | null): Promise<Replica | null> {
    const usable = this.all.filter((replica) => replica.usable);
    if (usable.length === 0) return null;
    this.turn = (this.turn + 1) % usable.length;
    const replica = usable[this.turn] ?? null;
    if (replica === null || after === null) return replica;
    for (let tries = 1; replica.replayed < after; tries += 1) {
      if (tries > OWN_WRITES.tries) return null;
      if (tries > 1) await new Promise((resolve) => setTimeout(resolve, OWN_WRITES.pause));
      // A failing replica is excluded at the next comparison.
      const at = await replica.position().catch(() => null);
      if (at === null) return null;
    }
    return replica;
  }

  private async askPrimary(): Promise<ServerPosition> {
    const { rows } = await this.primary().query<{
      position: string;
      system: string;
      timeline: string;
      name: string;
    }>(POSITION);
    const [row] = rows;
    if (row === undefined) throw new Error('the primary answered no row');
    return {
      ...row,
      position: BigInt(row.position),
      timeline: Number.parseInt(row.timeline, 16),
    };
  }

  private isClosed(): boolean {
    return this.closed;
  }
}

function isSameLine(one: ServerPosition, other: ServerPosition): boolean {
  return one.system === other.system && one.timeline === other.timeline && one.name === other.name;
}

import type { Pool, PoolConfig } from 'pg';
import { openPool, type Pooling } from './connection-settings.js';
import type { NamedQuery } from './pipelined-reads.js';
import { ReadConnections, type ReadKind } from './read-connections.js';
import type { ServerPosition } from './server-position.js';

/** Milliseconds that a replica may take to report its position. */
const TIMEOUT = 2_000;

/**
 * Identifies the cluster and its timeline: after a standby has been promoted, positions of the old
 * timeline are not comparable with the new one. Any role may read the timeline of the last
 * checkpoint on a standby; it is updated at the first checkpoint after a promotion.
 */
const POSITION = `
  select
    pg_is_in_recovery() as "inRecovery",
    (coalesce(pg_last_wal_replay_lsn(), '0/0') - '0/0')::text as position,
    (select system_identifier::text from pg_control_system()) as system,
    (select timeline_id from pg_control_checkpoint()) as timeline,
    current_database() as name`;

/** A streaming replica with its own connections. */
export class Replica {
  /** Whether page reads use it. */
  usable = false;
  /** Maximum replication lag in milliseconds; null if unknown. */
  lag: number | null = null;
  /** The replay position when it was last queried. */
  replayed = 0n;
  /** The last fault that was logged; an unchanged fault is logged only once. */
  fault: string | null = null;

  private pool: Pool;
  private connections: ReadConnections;
  private readonly probe: Pool;
  private readonly waiting = new Set<(error: Error) => void>();

  /**
   * @param number position in DATABASE_REPLICA_URLS, counting from 1; logs and metrics use it
   *   instead of the address
   */
  constructor(
    readonly number: number,
    private readonly url: string,
    private readonly pooling: Pooling,
  ) {
    this.probe = this.openPool(1, { connectionTimeoutMillis: TIMEOUT, query_timeout: TIMEOUT });
    this.pool = this.openPool(8);
    this.connections = this.connect();
  }

  /** Runs a read. Rejects with the query's error, or as soon as the replica is considered lost. */
  rows<Row extends object>(kind: ReadKind, query: NamedQuery): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.waiting.add(reject);
      this.connections
        .rows<Row>(kind, query)
        .finally(() => this.waiting.delete(reject))
        .then(resolve, reject);
    });
  }

  /** @throws if the replica does not answer in time */
  async position(): Promise<ServerPosition & { inRecovery: boolean }> {
    const { rows } = await this.probe.query<
      Omit<ServerPosition, 'position'> & { position: string; inRecovery: boolean }
    >(POSITION);
    const [row] = rows;
    if (row === undefined) throw new Error('the replica answered no row');
    const position = BigInt(row.position);
    if (row.inRecovery) this.replayed = position;
    return { ...row, position };
  }

  /** Rejects all pending reads, which the caller then repeats elsewhere, and reconnects. */
  reset(): void {
    for (const reject of this.waiting) reject(new Error('the replica is lost'));
    this.waiting.clear();
    // Connections lost with the server have nothing left to close.
    void this.end().catch(() => undefined);
    this.pool = this.openPool(8);
    this.connections = this.connect();
  }

  async close(): Promise<void> {
    await Promise.all([this.end(), this.probe.end()]);
  }

  private async end(): Promise<void> {
    const { connections, pool } = this;
    await Promise.all([connections.close(), pool.end()]);
  }

  private connect(): ReadConnections {
    const { pool } = this;
    return new ReadConnections(this.url, this.pooling, () => pool);
  }

  private openPool(max: number, more: PoolConfig = {}): Pool {
    const options = { application_name: 'sameboat-replica', max, ...more };
    return openPool(this.url, this.pooling, options);
  }
}

import type { Pool, PoolConfig } from 'pg';
import { openPool, type Pooling } from './connection-settings.js';
import type { NamedQuery } from './pipelined-reads.js';
import { ReadConnections, type ReadKind } from './read-connections.js';
import type { ServerPosition } from './server-position.js';

/** Milliseconds that a replica may take to say where it is. */
const PATIENCE = 2_000;

/**
 * The cluster and the line of its history: after a standby has taken over, positions of the old
 * line say nothing about the new one. The timeline of the last checkpoint is what any role may ask
 * a standby for; it follows a takeover at the next checkpoint.
 */
const POSITION = `
  select
    pg_is_in_recovery() as "inRecovery",
    (coalesce(pg_last_wal_replay_lsn(), '0/0') - '0/0')::text as position,
    (select system_identifier::text from pg_control_system()) as system,
    (select timeline_id from pg_control_checkpoint()) as timeline,
    current_database() as name`;

/** A streaming replica, on connections of its own. */
export class Replica {
  /** Whether pages are read from it. */
  usable = false;
  /** Milliseconds that it is behind the primary at most; null where that is unknown. */
  lag: number | null = null;
  /** How far it had replayed the log when it was last asked. */
  replayed = 0n;
  /** The last fault that was logged, so that each is logged once. */
  fault: string | null = null;

  private pool: Pool;
  private connections: ReadConnections;
  private readonly probe: Pool;
  private readonly waiting = new Set<(error: Error) => void>();

  /** @param number its place in DATABASE_REPLICA_URLS, from 1: logs and metrics hold no address */
  constructor(
    readonly number: number,
    private readonly url: string,
    private readonly pooling: Pooling,
  ) {
    this.probe = this.openPool(1, { connectionTimeoutMillis: PATIENCE, query_timeout: PATIENCE });
    this.pool = this.openPool(8);
    this.connections = this.connect();
  }

  /** Rejects as the query does, or once the replica turns out to be lost. */
  rows<Row extends object>(kind: ReadKind, query: NamedQuery): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.waiting.add(reject);
      this.connections
        .rows<Row>(kind, query)
        .finally(() => this.waiting.delete(reject))
        .then(resolve, reject);
    });
  }

  /** @throws where it does not answer in time */
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

  /** Gives up what waits for an answer, which is then read elsewhere, and connects anew. */
  reset(): void {
    for (const reject of this.waiting) reject(new Error('the replica is lost'));
    this.waiting.clear();
    // What has gone with the server has nothing left to end.
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

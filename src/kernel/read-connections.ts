import type { Pool, QueryResultRow } from 'pg';
import { openPool, type Pooling } from './connection-settings.js';
import { PipelinedReads, type NamedQuery } from './pipelined-reads.js';

/** How a statement is transported; see `Transport` in sql.ts. */
export interface ReadKind {
  readonly pipelined: boolean;
  readonly isolated: boolean;
}

/** The connections to one server that run statements outside transactions. */
export class ReadConnections {
  private pipeline: PipelinedReads | null = null;
  private isolatedPool: Pool | null = null;

  /** @param pool used for statements that are neither pipelined nor isolated */
  constructor(
    private readonly url: string,
    private readonly pooling: Pooling,
    private readonly pool: () => Pool,
  ) {}

  async rows<Row extends object>(kind: ReadKind, query: NamedQuery): Promise<Row[]> {
    if (this.pooling === 'transaction' || !(kind.isolated || kind.pipelined))
      return (await this.pool().query<QueryResultRow>(query)).rows as Row[];
    if (kind.isolated) return (await this.isolated().query<QueryResultRow>(query)).rows as Row[];
    this.pipeline ??= new PipelinedReads(this.url);
    return (await this.pipeline.query(query)) as Row[];
  }

  /** Closes the connections opened here; the pool that was passed in stays open. */
  async close(): Promise<void> {
    await this.pipeline?.close();
    await this.isolatedPool?.end();
  }

  // Limited to what a machine can run in parallel: further queries would only wait for each other.
  private isolated(): Pool {
    const options = { application_name: 'sameboat-searches', max: 4 };
    this.isolatedPool ??= openPool(this.url, this.pooling, options, 'generic');
    return this.isolatedPool;
  }
}

import pg from 'pg';
import { prepareSession } from './connection-settings.js';
import { PreparedRead, ReadLayouts } from './prepared-read.js';

/**
 * Number of connections: few, because each carries many queries at a time; more than one, so that a
 * slow query delays only the queries behind it.
 */
const CONNECTIONS = 4;

export interface NamedQuery {
  name: string;
  text: string;
  values: unknown[];
}

/**
 * Number of pending queries up to which the next connection is not used: waiting for a few small
 * queries takes less time than waking another server process, which costs both sides 0.1 ms.
 */
const MAX_PENDING = 32;

/** Milliseconds after which the query at the head counts as slow and its connection is avoided. */
const SLOW = 5;

function read<Row extends pg.QueryResultRow>(
  client: pg.Client,
  layouts: ReadLayouts,
  query: NamedQuery,
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, rows: unknown[]): void => {
      if (error === null) resolve(rows as Row[]);
      else reject(error);
    };
    client.query(new PreparedRead(query, layouts, done) as unknown as pg.Submittable);
  });
}

interface OpenConnection {
  client: pg.Client;
  layouts: ReadLayouts;
}

/**
 * A connection that pipelines queries: it sends one without waiting for the answer to the previous
 * one.
 */
class PipelinedConnection {
  private pending = 0;
  private lastProgress = 0;
  private client: Promise<OpenConnection> | null = null;
  private corked = false;

  constructor(private readonly url: string) {}

  async query<Row extends pg.QueryResultRow>(query: NamedQuery): Promise<Row[]> {
    if (this.pending === 0) this.lastProgress = performance.now();
    this.pending += 1;
    try {
      const { client, layouts } = await (this.client ??= this.open());
      this.cork(client);
      return await read<Row>(client, layouts, query);
    } catch (error) {
      // The stack trace then points to the caller instead of the socket.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    } finally {
      this.pending -= 1;
      this.lastProgress = performance.now();
    }
  }

  /** Estimated waiting time; only meaningful for comparing connections. */
  get load(): number {
    if (this.pending === 0) return 0;
    return this.pending + (performance.now() - this.lastProgress > SLOW ? 1_000 : 0);
  }

  async close(): Promise<void> {
    // A failed or lost connection has nothing to close; its queries have reported the error.
    const open = await this.client?.catch(() => null);
    this.client = null;
    // As above.
    await open?.client.end().catch(() => undefined);
  }

  // A lost connection, or one that could not be opened, is replaced at the next query.
  private async open(): Promise<OpenConnection> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'sameboat-reads',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      pipeline: true,
    } as pg.ClientConfig);
    const opening = client
      .connect()
      .then(() => prepareSession(client, 'session', 'generic'))
      .then(() => ({ client, layouts: new ReadLayouts() }));
    const lost = (): void => {
      this.client = null;
    };
    client.on('error', lost);
    client.on('end', lost);
    opening.catch(lost);
    return opening;
  }

  // Batches the queries of one event-loop turn into one write: waking the server costs more than a
  // small query.
  private cork(client: pg.Client): void {
    if (this.corked) return;
    const { stream } = (
      client as unknown as { connection: { stream: { cork(): void; uncork(): void } } }
    ).connection;
    this.corked = true;
    stream.cork();
    setImmediate(() => {
      this.corked = false;
      stream.uncork();
    });
  }
}

/**
 * Connections for reads, beside the pool: each pipelines many queries in order. A statement is
 * planned once for all parameter values, which saves most of the time of a small query; a statement
 * whose plan depends on its values should use the pool.
 */
export class PipelinedReads {
  private readonly connections: PipelinedConnection[];
  /** For the rest of this turn of the event loop. */
  private chosen: PipelinedConnection | null = null;

  constructor(url: string, count = CONNECTIONS) {
    this.connections = Array.from({ length: count }, () => new PipelinedConnection(url));
  }

  /**
   * Runs a prepared statement on the first connection that has few pending queries and no slow one,
   * or on the least loaded one. All statements of one turn of the event loop share a connection. The
   * statement must neither write nor lock.
   */
  query<Row extends pg.QueryResultRow>(query: NamedQuery): Promise<Row[]> {
    this.chosen ??= this.choose();
    return this.chosen.query<Row>(query);
  }

  private choose(): PipelinedConnection {
    setImmediate(() => {
      this.chosen = null;
    });
    return (
      this.connections.find(({ load }) => load < MAX_PENDING) ??
      this.connections.reduce((best, each) => (each.load < best.load ? each : best))
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.connections.map((each) => each.close()));
  }
}

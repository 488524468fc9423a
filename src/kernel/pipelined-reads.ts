import pg from 'pg';
import { PAGE_SETTINGS } from './database.js';

/**
 * Few, because a lane takes many queries at once; more than one, so that a slow query keeps only
 * its own lane waiting.
 */
const LANES = 4;

interface Asked {
  name: string;
  text: string;
  values: unknown[];
}

/** Milliseconds after which the query in front counts as slow, and others choose another lane. */
const SLOW = 15;

/** One connection that sends a query without waiting for the answer to the one before. */
class PipelinedConnection {
  private waiting = 0;
  private since = 0;
  private client: Promise<pg.Client> | null = null;
  private corked = false;

  constructor(private readonly url: string) {}

  async query<Row extends pg.QueryResultRow>(asked: Asked): Promise<Row[]> {
    if (this.waiting === 0) this.since = performance.now();
    this.waiting += 1;
    try {
      const client = await (this.client ??= this.open());
      this.gather(client);
      return (await client.query<Row>(asked)).rows;
    } finally {
      this.waiting -= 1;
      this.since = performance.now();
    }
  }

  /** How long one would wait here, in no unit but more and less. */
  get load(): number {
    if (this.waiting === 0) return 0;
    return this.waiting + (performance.now() - this.since > SLOW ? 1_000 : 0);
  }

  async close(): Promise<void> {
    // A connection that failed or is lost has nothing to close; its queries reported it.
    const client = await this.client?.catch(() => null);
    this.client = null;
    // As above.
    await client?.end().catch(() => undefined);
  }

  // A connection that is lost, or never came about, is replaced at the next query.
  private async open(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'sameboat-reads',
      options: `${PAGE_SETTINGS} -c plan_cache_mode=force_generic_plan`,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      pipeline: true,
    } as pg.ClientConfig);
    const opening = client.connect().then(() => client);
    const lost = (): void => {
      this.client = null;
    };
    client.on('error', lost);
    client.on('end', lost);
    opening.catch(lost);
    return opening;
  }

  // What one turn of the event loop asks goes out in one write: waking the other side costs more
  // than a small query does.
  private gather(client: pg.Client): void {
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
 * Connections for reading, beside the pool that writes: each carries many queries at a time, in
 * order. A statement is planned once for all values, which spares most of the time of a small
 * query; one whose plan hangs on its values belongs to the pool.
 */
export class PipelinedReads {
  private readonly lanes: PipelinedConnection[];

  constructor(url: string, count = LANES) {
    this.lanes = Array.from({ length: count }, () => new PipelinedConnection(url));
  }

  /** Named prepared statements only, none that writes across several or opens a transaction. */
  query<Row extends pg.QueryResultRow>(asked: Asked): Promise<Row[]> {
    const [first, ...others] = this.lanes;
    if (first === undefined) throw new Error('no lane');
    return others
      .reduce((best, lane) => (lane.load < best.load ? lane : best), first)
      .query<Row>(asked);
  }

  async close(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.close()));
  }
}

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import pg, { type ClientBase, type Pool, type QueryResultRow } from 'pg';
import { PAGE_SETTINGS } from './database.js';
import { PipelinedReads } from './pipelined-reads.js';

/** A query text under a name of its own; the server parses and plans it once per connection. */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** Reads and waits for no lock: may share a connection with others. */
  readonly reads: boolean;
  /** Has connections of its own, where it is planned once whatever its values. */
  readonly apart: boolean;
  /** Only for the compiler: the shape of a row. */
  readonly row?: Row;
}

const names = new Set<string>();

// Whatever changes a row or waits for one has a connection to itself, so that nothing ever waits
// behind a lock.
const WRITES =
  /\b(insert|update|delete|truncate|lock|for\s+(no\s+key\s+)?(update|share)|pg_notify|pg_advisory\w*|nextval)\b/i;

/**
 * Declares a named prepared statement.
 * @param name unique in the process, `feature.what`
 * @param travels `alone` for a read that may take long or whose plan hangs on its values; `apart`
 *   for one that may take long and whose planning, done anew for every value, would take longer
 *   than itself, as a search
 */
export function statement<Row extends object>(
  name: string,
  text: string,
  travels: 'together' | 'alone' | 'apart' = 'together',
): Statement<Row> {
  if (names.has(name)) throw new Error(`two statements are named ${name}`);
  names.add(name);
  return {
    name,
    text,
    apart: travels === 'apart',
    reads: travels === 'together' && /^\s*(select|with)\b/i.test(text) && !WRITES.test(text),
  };
}

/** A prepared statement on the transaction's own connection. */
export async function rowsIn<Row extends object>(
  tx: EntityManager,
  what: Statement<Row>,
  params: readonly unknown[] = [],
): Promise<Row[]> {
  const client = (await tx.queryRunner?.connect()) as ClientBase | undefined;
  if (client === undefined) throw new Error('no transaction');
  return (
    await client.query<QueryResultRow>({
      name: what.name,
      text: what.text,
      values: params as unknown[],
    })
  ).rows as Row[];
}

/**
 * The one way for hot reads: named prepared statements, several times faster than building
 * entities. Reads travel on lanes that many requests share; writes take a connection of the pool
 * that TypeORM holds.
 */
@Injectable()
export class Sql implements OnApplicationShutdown {
  private lanes: PipelinedReads | null = null;
  private apartPool: Pool | null = null;

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Queries made since the process started; the suite uses it to hold pages to their number of
   * queries.
   */
  count = 0;

  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  async rows<Row extends object>(
    what: Statement<Row>,
    params: readonly unknown[] = [],
  ): Promise<Row[]> {
    this.count += 1;
    const asked = { name: what.name, text: what.text, values: params as unknown[] };
    if (what.apart) return (await this.apart().query<QueryResultRow>(asked)).rows as Row[];
    if (!what.reads) return (await this.pool.query<QueryResultRow>(asked)).rows as Row[];
    this.lanes ??= new PipelinedReads((this.dataSource.options as { url: string }).url);
    return (await this.lanes.query(asked)) as Row[];
  }

  /** The first row, or null. */
  async first<Row extends object>(
    what: Statement<Row>,
    params: readonly unknown[] = [],
  ): Promise<Row | null> {
    const [row] = await this.rows(what, params);
    return row ?? null;
  }

  /** The same inside a transaction, which sees its own writes. */
  async rowsIn<Row extends object>(
    tx: EntityManager,
    what: Statement<Row>,
    params: readonly unknown[] = [],
  ): Promise<Row[]> {
    this.count += 1;
    return rowsIn(tx, what, params);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.lanes?.close();
    await this.apartPool?.end();
  }

  // No more at once than a machine has use for: more would only wait for each other.
  private apart(): Pool {
    if (this.apartPool === null) {
      const { url } = this.dataSource.options as { url: string };
      this.apartPool = new pg.Pool({
        connectionString: url,
        application_name: 'sameboat-searches',
        max: 4,
        options: `${PAGE_SETTINGS} -c plan_cache_mode=force_generic_plan`,
        idleTimeoutMillis: 30_000,
        connectionTimeoutMillis: 5_000,
        keepAlive: true,
      });
      // An idle connection that the server closes is replaced at the next query.
      this.apartPool.on('error', () => undefined);
    }
    return this.apartPool;
  }
}

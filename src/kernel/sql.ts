import { Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ClientBase, Pool, QueryResultRow } from 'pg';
import type { Pooling } from './connection-settings.js';
import { compileNamedParameters, valuesFor, type CompiledQuery } from './named-parameters.js';
import { ReadConnections } from './read-connections.js';
import { Replicas } from './replicas.js';
import { noteWrite } from './request-reads.js';

/** Of a statement without parameters. */
export type NoParams = Record<string, never>;

/** A query text under a name of its own; the server parses and plans it once per connection. */
export interface Statement<Params extends object, Row extends object> extends CompiledQuery {
  readonly name: string;
  /** Changes nothing and waits for no lock, so that a replica may answer it. */
  readonly reads: boolean;
  /** May share a connection with other reads. */
  readonly pipelined: boolean;
  /** Runs on connections of its own, where it is planned once whatever its values. */
  readonly isolated: boolean;
  /** For the compiler alone: the shapes of the parameters and of a row. */
  readonly types?: { params: Params; row: Row };
}

/**
 * How a statement reaches the server. `shared`: pipelined with other reads. `pooled`: on a
 * connection of its own for the time of the query, for a read that may take long or whose plan
 * depends on its values. `isolated`: for a read that may take long and whose planning, done anew
 * for every value, would cost more than the read, such as a search.
 */
export type Transport = 'shared' | 'pooled' | 'isolated';

const names = new Set<string>();

// A statement that changes a row or waits for a lock never shares a connection: nothing may queue
// behind a lock.
const WRITES =
  /\b(insert|update|delete|truncate|lock|for\s+(no\s+key\s+)?(update|share)|pg_notify|pg_advisory\w*|nextval)\b/i;

/**
 * Declares a named prepared statement.
 * @param name unique in the process, `feature.what`
 * @param text SQL with `:name` for every parameter
 */
export function statement<Params extends object, Row extends object>(
  name: string,
  text: string,
  transport: Transport = 'shared',
): Statement<Params, Row> {
  if (names.has(name)) throw new Error(`two statements are named ${name}`);
  names.add(name);
  const reads = /^\s*(select|with)\b/i.test(text) && !WRITES.test(text);
  return {
    name,
    ...compileNamedParameters(text),
    reads,
    isolated: transport === 'isolated',
    pipelined: transport === 'shared' && reads,
  };
}

/** A call's arguments after the statement: nothing where the statement takes no parameters. */
type Arguments<Params extends object> = Params extends NoParams
  ? [parameters?: Params]
  : [parameters: Params];

const texts = new Map<string, CompiledQuery>();

// Ad-hoc texts are literals of the source, so that this never grows without end.
function compiled(text: string): CompiledQuery {
  let query = texts.get(text);
  if (query === undefined) {
    query = compileNamedParameters(text);
    texts.set(text, query);
  }
  return query;
}

async function clientOf(tx: EntityManager): Promise<ClientBase> {
  const client = (await tx.queryRunner?.connect()) as ClientBase | undefined;
  if (client === undefined) throw new Error('no transaction');
  return client;
}

/** A prepared statement on the transaction's own connection. */
export async function rowsIn<Params extends object, Row extends object>(
  tx: EntityManager,
  what: Statement<Params, Row>,
  ...[parameters]: Arguments<Params>
): Promise<Row[]> {
  const client = await clientOf(tx);
  const { name, text } = what;
  const values = valuesFor(what, parameters ?? {});
  return (await client.query<QueryResultRow>({ name, text, values })).rows as Row[];
}

/**
 * Runs a query inside a transaction without preparing it: for what is rare or built once.
 * @param text SQL with `:name` for every parameter
 */
export async function queryIn<Row extends object>(
  tx: EntityManager,
  text: string,
  parameters: object = {},
): Promise<Row[]> {
  const client = await clientOf(tx);
  const query = compiled(text);
  const values = valuesFor(query, parameters);
  return (await client.query<QueryResultRow>(query.text, values)).rows as Row[];
}

/** As `queryIn`, for its effect. @returns how many rows were changed, or read */
export async function executeIn(
  tx: EntityManager,
  text: string,
  parameters: object = {},
): Promise<number> {
  const client = await clientOf(tx);
  const query = compiled(text);
  return (await client.query(query.text, valuesFor(query, parameters))).rowCount ?? 0;
}

/** As `queryIn`; the first row, or null where there is none. */
export async function findIn<Row extends object>(
  tx: EntityManager,
  text: string,
  parameters: object = {},
): Promise<Row | null> {
  const [row] = await queryIn<Row>(tx, text, parameters);
  return row ?? null;
}

/**
 * As `queryIn`, where a row is certain: an `insert … returning`, an aggregate, a row just locked.
 * @throws Error without one
 */
export async function getIn<Row extends object>(
  tx: EntityManager,
  text: string,
  parameters: object = {},
): Promise<Row> {
  const [row] = await queryIn<Row>(tx, text, parameters);
  if (row === undefined) throw new Error('the query answered no row');
  return row;
}

/** TypeORM's pool. */
export function primaryPool(source: DataSource): Pool {
  return (source.driver as unknown as { master: Pool }).master;
}

/**
 * The one way for hot reads: named prepared statements, several times faster than building
 * entities. Reads are pipelined on connections that many requests share; writes take a connection
 * of TypeORM's pool.
 */
@Injectable()
export class Sql implements OnApplicationShutdown {
  private readonly primary: ReadConnections;

  constructor(
    private readonly dataSource: DataSource,
    @Optional() private readonly replicas?: Replicas,
  ) {
    const { url, extra } = dataSource.options as { url: string; extra: { pooling: Pooling } };
    this.primary = new ReadConnections(url, extra.pooling, () => this.pool);
  }

  /** Queries made since the process started; the suite holds pages to their number of queries. */
  count = 0;

  get pool(): Pool {
    return primaryPool(this.dataSource);
  }

  async rows<Params extends object, Row extends object>(
    what: Statement<Params, Row>,
    ...[parameters]: Arguments<Params>
  ): Promise<Row[]> {
    this.count += 1;
    const query = { name: what.name, text: what.text, values: valuesFor(what, parameters ?? {}) };
    if (!what.reads) noteWrite();
    else if (this.replicas?.enabled === true) {
      const rows = await this.replicas.rows<Row>(what, query);
      if (rows !== null) return rows;
    }
    return this.primary.rows<Row>(what, query);
  }

  /** The first row, or null. */
  async first<Params extends object, Row extends object>(
    what: Statement<Params, Row>,
    ...parameters: Arguments<Params>
  ): Promise<Row | null> {
    const [row] = await this.rows(what, ...parameters);
    return row ?? null;
  }

  /**
   * The same inside a transaction, which sees its own writes.
   * @param tx null for a statement that is its own transaction
   */
  async rowsIn<Params extends object, Row extends object>(
    tx: EntityManager | null,
    what: Statement<Params, Row>,
    ...parameters: Arguments<Params>
  ): Promise<Row[]> {
    if (tx === null) return this.rows(what, ...parameters);
    this.count += 1;
    return rowsIn(tx, what, ...parameters);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.primary.close();
  }
}

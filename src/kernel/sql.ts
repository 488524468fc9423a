import { Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ClientBase, Pool, QueryResultRow } from 'pg';
import type { Pooling } from './connection-settings.js';
import { compileNamedParameters, valuesFor, type CompiledQuery } from './named-parameters.js';
import { ReadConnections } from './read-connections.js';
import { Replicas } from './replicas.js';
import { noteWrite } from './request-reads.js';

/** Parameters of a statement without any. */
export type NoParams = Record<string, never>;

/** A SQL text with a unique name; the server parses and plans it once per connection. */
export interface Statement<Params extends object, Row extends object> extends CompiledQuery {
  readonly name: string;
  /** Whether it neither writes nor locks, so that a replica may answer it. */
  readonly reads: boolean;
  /** Whether it may share a connection with reads. */
  readonly pipelined: boolean;
  /** Whether it runs on separate connections, where it is planned once for all parameter values. */
  readonly isolated: boolean;
  /** For the compiler only: the types of the parameters and of a row. */
  readonly types?: { params: Params; row: Row };
}

/**
 * How a statement reaches the server. `shared`: pipelined with other reads. `pooled`: on an
 * exclusive connection for the duration of the query, for a read that may take long or whose plan
 * depends on its values. `isolated`: for a read that may take long and whose planning for every set
 * of values would cost more than the read, such as a search. `shared-write`: pipelined with reads
 * although it writes, for a statement that only locks rows that no transaction keeps locked.
 */
export type Transport = 'shared' | 'pooled' | 'isolated' | 'shared-write';

const names = new Set<string>();

// A statement that writes or waits for a lock shares no connection unless it is declared as
// `shared-write`, because every query behind it would wait for the lock too.
const WRITES =
  /\b(insert|update|delete|truncate|lock|for\s+(no\s+key\s+)?(update|share)|pg_notify|pg_advisory\w*|nextval)\b/i;

/**
 * Declares a named prepared statement.
 * @param name unique in the process, `feature.what`
 * @param text SQL with a `:name` for every parameter
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
    pipelined: transport === 'shared-write' || (transport === 'shared' && reads),
  };
}

/** A call's arguments after the statement; optional if the statement has no parameters. */
type Arguments<Params extends object> = Params extends NoParams
  ? [parameters?: Params]
  : [parameters: Params];

const texts = new Map<string, CompiledQuery>();

// Ad-hoc texts are literals in the source code, so this cache is bounded.
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

/** Runs a prepared statement on the transaction's own connection. */
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
 * Runs a query inside a transaction without preparing it, for rare or dynamically built queries.
 * @param text SQL with a `:name` for every parameter
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

/**
 * Like `queryIn`, for its effect.
 * @returns the number of rows affected, or read
 */
export async function executeIn(
  tx: EntityManager,
  text: string,
  parameters: object = {},
): Promise<number> {
  const client = await clientOf(tx);
  const query = compiled(text);
  return (await client.query(query.text, valuesFor(query, parameters))).rowCount ?? 0;
}

/**
 * Like `queryIn`.
 * @returns the first row, or null if there is none
 */
export async function findIn<Row extends object>(
  tx: EntityManager,
  text: string,
  parameters: object = {},
): Promise<Row | null> {
  const [row] = await queryIn<Row>(tx, text, parameters);
  return row ?? null;
}

/**
 * Like `queryIn`, for a query that always returns a row: an `insert … returning`, an aggregate, a
 * row just locked.
 * @throws Error if there is no row
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
 * Runs hot reads as named prepared statements, several times faster than hydrating entities. Reads
 * are pipelined on connections that many requests share; writes use a connection of TypeORM's pool.
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

  /** Queries since the process started; the test suite checks pages against their query budget. */
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

  /** Returns the first row, or null. */
  async first<Params extends object, Row extends object>(
    what: Statement<Params, Row>,
    ...parameters: Arguments<Params>
  ): Promise<Row | null> {
    const [row] = await this.rows(what, ...parameters);
    return row ?? null;
  }

  /**
   * Runs the statement inside a transaction, where it sees its own writes.
   * @param tx null to run the statement as its own transaction
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

import pg, { type ClientBase, type Pool } from 'pg';

/**
 * How a pooler in front of PostgreSQL assigns connections. `session`: a client keeps its connection
 * until it disconnects, as without a pooler. `transaction`: only for a transaction or a single
 * statement, so that session state such as settings and prepared statements is lost in between.
 */
export type Pooling = 'session' | 'transaction';

// Pages send many small queries, for which parallel workers and the JIT do not pay off.
const PAGES = 'set max_parallel_workers_per_gather = 0; set jit = off';
/** Uses one generic plan for all parameter values of a prepared statement. */
const GENERIC_PLANS = 'set plan_cache_mode = force_generic_plan';

/**
 * Applies the session settings of a new connection with a query, because PgBouncer rejects the
 * startup parameter `options` (findings/pgbouncer-refuses-startup-options.sh). Under transaction
 * pooling these settings belong to the role instead (docs/operating.md).
 */
export async function prepareSession(
  client: ClientBase,
  pooling: Pooling,
  plans: 'custom' | 'generic' = 'custom',
): Promise<void> {
  if (pooling === 'transaction') return;
  await client.query(plans === 'generic' ? `${PAGES}; ${GENERIC_PLANS}` : PAGES);
}

/**
 * A client for transaction pooling. A prepared statement exists on only one server connection, so
 * the client strips the name from every statement.
 */
class NamelessClient extends pg.Client {
  override query = ((query: unknown, ...others: unknown[]): unknown => {
    const named = typeof query === 'object' && query !== null && 'name' in query;
    const sent = named && !('submit' in query) ? { ...query, name: undefined } : query;
    return (super.query as (...all: unknown[]) => unknown)(sent, ...others);
  }) as pg.Client['query'];
}

/** Adds options of the driver that its types lack. */
interface PoolOptions extends Omit<pg.PoolConfig, 'onConnect'> {
  onConnect: (client: ClientBase) => Promise<void>;
  Client?: typeof pg.Client;
}

/** The driver's pool options for a pooling mode. */
export function poolOptions(
  pooling: Pooling,
  plans: 'custom' | 'generic' = 'custom',
): pg.PoolConfig {
  const options: PoolOptions = {
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    onConnect: (client: ClientBase) => prepareSession(client, pooling, plans),
    ...(pooling === 'transaction' ? { Client: NamelessClient } : {}),
  };
  return options as pg.PoolConfig;
}

/** Opens a pool of connections to one server, for statements outside transactions. */
export function openPool(
  url: string,
  pooling: Pooling,
  options: pg.PoolConfig,
  plans: 'custom' | 'generic' = 'custom',
): Pool {
  const pool = new pg.Pool({ ...poolOptions(pooling, plans), connectionString: url, ...options });
  // If the server closes an idle connection, the pool replaces it at the next query.
  pool.on('error', () => undefined);
  return pool;
}

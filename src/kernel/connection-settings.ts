import pg, { type ClientBase, type Pool } from 'pg';

/**
 * How long a pooler in front of PostgreSQL keeps a connection with one client. `session`: until the
 * client leaves, as without a pooler. `transaction`: for a transaction or a single statement, so
 * that nothing of the session survives: no setting, no prepared statement.
 */
export type Pooling = 'session' | 'transaction';

// Pages make many small queries, for which parallel workers and the JIT do not pay.
const PAGES = 'set max_parallel_workers_per_gather = 0; set jit = off';
/** One plan for all values of a prepared statement. */
const GENERIC_PLANS = 'set plan_cache_mode = force_generic_plan';

/**
 * Settings of a new connection, sent as a query: PgBouncer refuses the start parameter `options`
 * (findings/pgbouncer-refuses-startup-options.sh). Under transaction pooling the role has them
 * instead (docs/operating.md).
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
 * A client for transaction pooling: the statement that a name stands for is known to one of the
 * server's connections alone, so that every statement is sent without its name.
 */
class NamelessClient extends pg.Client {
  override query = ((query: unknown, ...others: unknown[]): unknown => {
    const named = typeof query === 'object' && query !== null && 'name' in query;
    const sent = named && !('submit' in query) ? { ...query, name: undefined } : query;
    return (super.query as (...all: unknown[]) => unknown)(sent, ...others);
  }) as pg.Client['query'];
}

/** With the driver's newer options, which its types do not know. */
interface PoolOptions extends Omit<pg.PoolConfig, 'onConnect'> {
  onConnect: (client: ClientBase) => Promise<void>;
  Client?: typeof pg.Client;
}

/** Options of a pool of the driver's for this kind of pooling. */
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

/** A pool of connections to one server, for statements outside transactions. */
export function openPool(
  url: string,
  pooling: Pooling,
  options: pg.PoolConfig,
  plans: 'custom' | 'generic' = 'custom',
): Pool {
  const pool = new pg.Pool({ ...poolOptions(pooling, plans), connectionString: url, ...options });
  // An idle connection that the server closes is replaced at the next query.
  pool.on('error', () => undefined);
  return pool;
}

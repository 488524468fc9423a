import pg from 'pg';

type Query = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Counts everything sent to the database: prepared reads, transactions, entities. Includes the
 * statements that begin and end a transaction.
 */
export async function countQueries(work: () => Promise<unknown>): Promise<number> {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  let count = 0;
  prototype.query = function (...args) {
    count += 1;
    return query.apply(this, args);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return count;
}

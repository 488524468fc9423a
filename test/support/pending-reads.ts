import type { Sql } from '../../src/kernel/sql.js';

/**
 * A database that responds to every read with the same rows in a later turn of the event loop.
 * @returns it, and the maximum number of concurrent reads
 */
export function pendingReads(rows: readonly object[] = []): { sql: Sql; most: () => number } {
  let pending = 0;
  let most = 0;
  const read = (): Promise<readonly object[]> => {
    pending += 1;
    most = Math.max(most, pending);
    return new Promise((resolve) =>
      setImmediate(() => {
        pending -= 1;
        resolve(rows);
      }),
    );
  };
  return { sql: { rows: read } as unknown as Sql, most: () => most };
}

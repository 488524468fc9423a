import type { PoolClient } from 'pg';
import { MigrationExecutor } from 'typeorm';
import { ADVISORY_LOCKS } from '../kernel/advisory-locks.js';
import { openForMigrations } from '../kernel/database.js';
import { BackupFault } from './backup-fault.js';
import { objectCount } from './catalog.js';

/**
 * Creates the schema in an empty database by running our migrations, and calls `work`, all in one
 * transaction. Analyses the tables afterwards.
 * @param migrations names of those to run
 * @throws BackupFault if the database is not empty
 */
export async function inNewSchema<T>(
  url: string,
  migrations: ReadonlySet<string>,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const source = await openForMigrations(url, migrations);
  const runner = source.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    await runner.startTransaction();
    await client.query('select pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.migrations]);
    await refuseUnlessEmpty(client);
    const executor = new MigrationExecutor(source, runner);
    executor.transaction = 'all';
    await executor.executePendingMigrations();
    const result = await work(client);
    await runner.commitTransaction();
    await client.query('analyze');
    return result;
  } catch (error) {
    if (runner.isTransactionActive) {
      // The connection itself may have failed; the server then rolls back on its own.
      await runner.rollbackTransaction().catch(() => undefined);
    }
    throw error;
  } finally {
    await runner.release();
    await source.destroy();
  }
}

async function refuseUnlessEmpty(client: PoolClient): Promise<void> {
  const count = await objectCount(client);
  if (count > 0)
    throw new BackupFault(
      `The database is not empty: it holds ${count} tables and sequences. Nothing was changed. ` +
        'Make an empty database and name it in DATABASE_URL, or a new folder in DATA_DIR.',
    );
}

import type { PoolClient } from 'pg';
import { MigrationExecutor } from 'typeorm';
import { ADVISORY_LOCKS } from '../kernel/advisory-locks.js';
import { openForMigrations } from '../kernel/database.js';
import { BackupFault } from './backup-fault.js';
import { objectCount } from './catalog.js';

/**
 * Makes the schema in an empty database by our own migrations, and runs work on it; all of it is
 * one transaction. Statistics are made afterwards.
 * @param migrations the names of those that run
 * @throws BackupFault where the database is not empty
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
    const done = await work(client);
    await runner.commitTransaction();
    await client.query('analyze');
    return done;
  } catch (error) {
    if (runner.isTransactionActive) {
      // The connection may be what failed: the server rolls back by itself then.
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

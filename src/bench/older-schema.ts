import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { revertMigration } from '../kernel/database.js';

/**
 * Reverts every migration that another checkout lacks, newest first, so that it finds the schema it
 * expects.
 */
export async function revertTo(checkout: string, connectionString: string): Promise<void> {
  const folder = join(checkout, 'migrations');
  if (!existsSync(folder)) throw new Error(`${checkout} is no checkout: it has no migrations`);
  const known = new Set(readdirSync(folder).map((name) => name.slice(0, 13)));
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ at: string }>(
        'select timestamp::text as at from schema_migrations order by timestamp desc limit 1',
      );
      if (rows[0] === undefined || known.has(rows[0].at)) break;
      await revertMigration(connectionString);
    }
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

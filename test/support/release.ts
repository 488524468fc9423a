import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { connected } from './databases.js';

/**
 * The database of release 0.1 with its demo data: `pg_dump --rows-per-insert=1000` after `npm
 * start` of that release in an empty PostgreSQL 15, without the queue's schema.
 */
const DUMP = new URL('../fixtures/release-0.1.sql.gz', import.meta.url);

/** Fills an empty database with the tables and rows of the release. */
export async function restoreRelease(url: string): Promise<void> {
  const sql = gunzipSync(readFileSync(DUMP)).toString('utf8');
  await connected(url, (client) => client.query(sql));
}

/** The names of the applied migrations in order. */
export async function migrationsRun(url: string): Promise<string[]> {
  const { rows } = await connected(url, (client) =>
    client.query<{ name: string }>('select name from schema_migrations order by timestamp'),
  );
  return rows.map(({ name }) => name);
}

/** The sorted rows as text of each application table, for comparing databases. */
export async function allRows(url: string): Promise<Map<string, string[]>> {
  return connected(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(`
      select table_name as name
      from information_schema.tables
      where table_schema = 'public'
        and table_type = 'BASE TABLE'
        and table_name <> 'schema_migrations'
      order by table_name`);
    const found = new Map<string, string[]>();
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${pg.escapeIdentifier(name)} t order by 1`,
      );
      found.set(
        name,
        rows.map(({ row }) => row),
      );
    }
    return found;
  });
}

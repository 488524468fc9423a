import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import './load-sources.mjs';

// Imported after the loader is registered, so that no build is needed before a spec.
const { EmbeddedPostgres } = await import('../../src/embedded/postgres.ts');
const { migrate } = await import('../../src/kernel/database.ts');

export const TEMPLATE = 'sameboat_template';

/** Starts one PostgreSQL for the run; each spec file gets a copy of the migrated template. */
export default async function setUp() {
  if (globalThis.__postgres !== undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-test-'));
  chmodSync(folder, 0o755);
  const server = await EmbeddedPostgres.start(folder);
  globalThis.__postgres = { server, folder };
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  // The data is disposable, so durability and autovacuum are turned off.
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes', 'autovacuum'])
    await client.query(`alter system set ${setting} = off`);
  // Only reachable from this machine, so the cost of password authentication is saved for each
  // connection.
  const { rows } = await client.query('show hba_file');
  writeFileSync(rows[0].hba_file, 'host all all 127.0.0.1/32 trust\nlocal all all trust\n');
  await client.query('select pg_reload_conf()');
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrate(server.url.replace(/\/[^/]*$/, `/${TEMPLATE}`));
  process.env.TEST_DATABASE_URL = server.url;
}

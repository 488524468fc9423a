import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import './load-sources.mjs';

// Imported only now, so that the loader above compiles them: no spec needs a build before it.
const { EmbeddedPostgres } = await import('../../src/embedded/postgres.ts');
const { migrate } = await import('../../src/kernel/database.ts');

export const TEMPLATE = 'sameboat_template';

/** One PostgreSQL for the run; each test file gets a copy of the migrated template. */
export default async function setUp() {
  if (globalThis.__postgres !== undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-test-'));
  chmodSync(folder, 0o755);
  const server = await EmbeddedPostgres.start(folder);
  globalThis.__postgres = { server, folder };
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  // The data go with the run: nothing has to outlive a loss of power, and nothing is collected.
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes', 'autovacuum'])
    await client.query(`alter system set ${setting} = off`);
  // Nobody else reaches it: each of the many connections is spared its proof of the password.
  const { rows } = await client.query('show hba_file');
  writeFileSync(rows[0].hba_file, 'host all all 127.0.0.1/32 trust\n');
  await client.query('select pg_reload_conf()');
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrate(server.url.replace(/\/[^/]*$/, `/${TEMPLATE}`));
  process.env.TEST_DATABASE_URL = server.url;
}

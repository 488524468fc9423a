import { randomBytes } from 'node:crypto';
import pg from 'pg';

const TEMPLATE = 'sameboat_template';

export function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) throw new Error('the global set-up did not run');
  return url;
}

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * A database of the file's own.
 * @param template empty for a bare one
 * @param settings of a bare one, as `create database` takes them: a locale
 */
export async function newDatabase(
  template: string = TEMPLATE,
  settings = '',
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  // Two workers copying the template at the same moment would refuse each other: the lock lets them
  // take turns.
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  await client.query('select pg_advisory_lock(991)');
  await client.query(
    `create database ${name} ${template === '' ? settings : `template ${template}`}`,
  );
  await client.end();
  return {
    url: serverUrl().replace(/\/[^/]*$/, `/${name}`),
    drop: () => asOwner(`drop database if exists ${name} with (force)`),
  };
}

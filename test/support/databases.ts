import { randomBytes } from 'node:crypto';
import pg from 'pg';

const TEMPLATE = 'sameboat_template';

export function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) throw new Error('the global set-up did not run');
  return url;
}

/** Runs work on a connection of its own. */
export async function connected<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // A query that is lost with the connection reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
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
  // Copied as files, the template takes half the processor time. Two workers copying it at the same
  // moment would refuse each other: the lock lets them take turns.
  await connected(serverUrl(), async (client) => {
    await client.query('select pg_advisory_lock(991)');
    const how = template === '' ? settings : `template ${template} strategy file_copy`;
    await client.query(`create database ${name} ${how}`);
  });
  return {
    url: serverUrl().replace(/\/[^/]*$/, `/${name}`),
    drop: () =>
      connected(serverUrl(), async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

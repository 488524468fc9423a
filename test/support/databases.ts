import { randomBytes } from 'node:crypto';
import pg from 'pg';

const TEMPLATE = 'sameboat_template';

export function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) throw new Error('the global set-up did not run');
  return url;
}

/** Runs `work` on a separate connection. */
export async function connected<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // The query that fails with the connection reports the error.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * A separate database for a spec file.
 * @param template empty for a blank one
 * @param settings of a blank one, in the syntax of `create database`: a locale
 */
export async function newDatabase(
  template: string = TEMPLATE,
  settings = '',
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  // Copying the template's files takes half the CPU time. The lock serialises workers, as
  // concurrent copies of one template would fail.
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

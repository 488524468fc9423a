import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/embedded/free-port.js';
import type { Pooling } from '../../src/kernel/connection-settings.js';
import { connected } from './databases.js';
import { eventually } from './eventually.js';
import { kill, programAt, startUnprivileged } from './programs.js';

export const PGBOUNCER = programAt('/usr/sbin/pgbouncer', '/usr/bin/pgbouncer');

export interface PgBouncer {
  /** The URL of the database through the pooler. */
  readonly url: string;
  /** The number of statements it has forwarded. */
  statements(): Promise<number>;
  stop(): Promise<void>;
}

/** @param size number of server connections shared by all clients */
export async function startPgBouncer(
  url: string,
  pooling: Pooling,
  size: number,
): Promise<PgBouncer> {
  const { hostname, port: serverPort, username, password, pathname } = new URL(url);
  const name = pathname.slice(1);
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-pgbouncer-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  const server = `host=${hostname} port=${serverPort} user=${username} password=${password}`;
  writeFileSync(
    file,
    [
      '[databases]',
      `${name} = ${server} dbname=${name}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = any',
      'admin_users = watcher',
      `pool_mode = ${pooling}`,
      `default_pool_size = ${size}`,
      '',
    ].join('\n'),
  );
  const child = startUnprivileged(PGBOUNCER ?? '', ['-q', file]);
  const pooled = `postgres://sameboat@127.0.0.1:${port}/${name}`;
  const ask = (address: string, text: string): Promise<Record<string, string>[]> =>
    connected(address, async (client) => (await client.query<Record<string, string>>(text)).rows);
  // Connections are refused until it listens.
  await eventually(() => ask(pooled, 'select 1').catch(() => null), 'PgBouncer');
  return {
    url: pooled,
    statements: async () => {
      const stats = await ask(`postgres://watcher@127.0.0.1:${port}/pgbouncer`, 'show stats');
      return Number(stats.find(({ database }) => database === name)?.total_query_count ?? 0);
    },
    stop: async () => {
      await kill(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

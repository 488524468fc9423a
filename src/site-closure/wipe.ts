import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster, Redis } from 'ioredis';
import pg from 'pg';
import { BackupFault } from '../backup/backup-fault.js';
import { quoted } from '../backup/catalog.js';
import { openRedis, queuePrefix } from '../kernel/redis.js';
import { QUEUE_SCHEMA } from '../queue/connection.js';
import { QUEUES } from '../queue/queues.js';
import { RATE_LIMIT_PREFIX } from '../http/postgres-rate-limiter.js';

/** Tables to keep: the applied migrations, and the record of the closure. */
const KEPT = ['schema_migrations', 'site_closures'];

/** A bit of `pg_trigger.tgtype`. */
const ON_TRUNCATE = 1 << 5;

/** Files that Sameboat creates in DATA_DIR. */
const OWN_FILES =
  /^(postgres|postgres-password|mailbox|secret-key|bench|rehearsal-[0-9a-f]+(\.part)?)$/;

/**
 * Empties every table and drops the queue's schema in one transaction, so that neither rows nor
 * data files with old rows remain. Only the record of the closure is kept, without name or reason.
 * @param closureId the plan being carried out
 * @returns how many tables were emptied
 * @throws BackupFault while anybody else is connected, whose later writes would survive
 */
export async function wipeDatabase(url: string, closureId: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: 'sameboat-wipe' });
  await client.connect();
  try {
    const others = await client.query<{ count: number }>(
      `select count(*)::int as count
       from pg_stat_activity
       where datname = current_database()
         and backend_type = 'client backend'
         and pid <> pg_backend_pid()`,
    );
    const count = others.rows[0]?.count ?? 0;
    if (count > 0)
      throw new BackupFault(
        `${count} other clients are connected to the database: stop web, workers and anything else ` +
          'that uses it. Nothing was wiped.',
      );
    await client.query('begin');
    const { rows } = await client.query<{ name: string; guarded: boolean }>(
      `select relname as name,
         exists (
           select 1
           from pg_trigger t
           where t.tgrelid = c.oid and not t.tgisinternal and t.tgtype & ${ON_TRUNCATE} > 0
         ) as guarded
       from pg_class c
       where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all($1)`,
      [KEPT],
    );
    // A trigger of the audit log rejects truncation, so it is disabled here.
    const guarded = rows.filter((table) => table.guarded).map(({ name }) => quoted(name));
    for (const name of guarded) await client.query(`alter table ${name} disable trigger user`);
    const tables = rows.map(({ name }) => quoted(name)).join(', ');
    await client.query(`truncate ${tables} restart identity cascade`);
    for (const name of guarded) await client.query(`alter table ${name} enable trigger user`);
    await client.query(`drop schema if exists ${quoted(QUEUE_SCHEMA)} cascade`);
    await client.query('delete from site_closures where id <> $1', [closureId]);
    await client.query('update site_closures set wiped_at = now() where id = $1', [closureId]);
    await client.query('commit');
    return rows.length;
  } finally {
    await client.end();
  }
}

/** Deletes the keys of the queues and rate limits, and nothing else. @returns how many */
export async function wipeRedis(url: string): Promise<number> {
  const redis = openRedis(url, { maxRetriesPerRequest: 3 });
  try {
    let deleted = 0;
    const nodes = 'nodes' in redis ? (redis as Cluster).nodes('master') : [redis as Redis];
    for (const node of nodes)
      for (const pattern of patterns(url)) deleted += await deleteKeys(node, pattern);
    return deleted;
  } finally {
    redis.disconnect();
  }
}

/** Deletes Sameboat's files in DATA_DIR, including the key that decrypts private notes. */
export function wipeFolder(dataDir: string): string[] {
  if (!existsSync(dataDir)) return [];
  const own = readdirSync(dataDir).filter((name) => OWN_FILES.test(name));
  for (const name of own) rmSync(join(dataDir, name), { recursive: true, force: true });
  return own;
}

function patterns(url: string): string[] {
  const queues = QUEUES.map((queue) => `${queuePrefix(url)}:${queue}:*`);
  return [...queues, `${RATE_LIMIT_PREFIX}:*`];
}

async function deleteKeys(node: Redis, pattern: string): Promise<number> {
  let deleted = 0;
  for await (const keys of node.scanStream({ match: pattern, count: 1_000 })) {
    // One at a time: in a cluster, a command cannot contain keys of several slots.
    for (const key of keys as string[]) deleted += await node.unlink(key);
  }
  return deleted;
}

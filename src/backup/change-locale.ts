import pg from 'pg';
import { foldsCase } from '../kernel/database-locale.js';
import { BackupFault } from './backup-fault.js';
import { quoted } from './catalog.js';
import { readFrames } from './frames.js';
import { restoreAndCompare } from './rehearsal.js';
import type { RestoreResult } from './restore.js';
import { inSnapshot, snapshotFrames, type Progress } from './snapshot.js';

/**
 * PostgreSQL 17 introduced the builtin locale C.UTF-8, which does not depend on the operating
 * system.
 */
const BUILTIN_SINCE = 170_000;

export interface LocaleChange {
  readonly tables: number;
  readonly rows: number;
  /** The time of the snapshot, as ISO 8601. */
  readonly takenAt: string;
  /** The name under which the original database is kept. */
  readonly kept: string;
}

/**
 * Copies a database to one with the builtin locale C.UTF-8 on the same server, reads every row
 * back, and compares counts, checksums and sequences. Only then does the copy take over the name;
 * the original is kept under another name. If it is killed or fails at any point, the original
 * stays untouched, and the next run drops the incomplete copy.
 * @param url of a database without other connections
 * @param room whether the disk has room for that many bytes
 * @returns null if the database already folds case correctly
 * @throws BackupFault if the server is too old, the disk too full, or a row differs
 */
export async function changeLocale(
  url: string,
  room: (bytes: number) => boolean,
  progress: Progress,
): Promise<LocaleChange | null> {
  const name = databaseOf(url);
  if (await withClient(url, foldsCase)) return null;
  const copy = `${name}_copy`;
  return withClient(inDatabase(url, 'postgres'), async (server) => {
    const id = await refuseUnlessPossible(server, name, room);
    await server.query(`drop database if exists ${quoted(copy)} with (force)`);
    await server.query(
      `create database ${quoted(copy)} template template0 encoding 'UTF8' locale 'C'
        locale_provider builtin builtin_locale 'C.UTF-8'`,
    );
    try {
      const { ends, contents } = await copyAndCompare(url, inDatabase(url, copy), progress);
      const keptName = `${name}_before_${id}`;
      await rename(server, [name, keptName], [copy, name]);
      const rows = ends.reduce((sum, end) => sum + end.rows, 0);
      return { tables: ends.length, rows, takenAt: contents.takenAt, kept: keptName };
    } finally {
      await server.query(`drop database if exists ${quoted(copy)} with (force)`);
    }
  });
}

/** Drops the originals kept by `changeLocale`. @returns their names */
export async function dropOldDatabase(url: string): Promise<string[]> {
  const name = databaseOf(url);
  return withClient(inDatabase(url, 'postgres'), async (server) => {
    const { rows } = await server.query<{ name: string }>(
      'select datname as name from pg_database where starts_with(datname, $1)',
      [`${name}_before_`],
    );
    for (const kept of rows) await server.query(`drop database ${quoted(kept.name)}`);
    return rows.map((kept) => kept.name);
  });
}

/** @returns the id of the database */
async function refuseUnlessPossible(
  server: pg.Client,
  name: string,
  room: (bytes: number) => boolean,
): Promise<string> {
  const { rows } = await server.query<{
    id: string;
    version: number;
    bytes: string;
    clients: number;
  }>(
    `select oid::text as id, current_setting('server_version_num')::int as version,
       pg_database_size(oid)::text as bytes,
       (select count(*)::int from pg_stat_activity a where a.datid = d.oid) as clients
     from pg_database d
     where datname = $1`,
    [name],
  );
  const [database] = rows;
  if (database === undefined) throw new BackupFault(`There is no database ${name}.`);
  if (database.version < BUILTIN_SINCE)
    throw new BackupFault(
      'The server is older than PostgreSQL 17, which brought this locale. Make a database with a ' +
        'locale of UTF-8, and restore a backup into it.',
    );
  if (database.clients > 0)
    throw new BackupFault('Somebody is connected to the database: stop Sameboat first.');
  const needed = Number(database.bytes) * 1.5;
  if (!room(needed))
    throw new BackupFault(
      `The disk has no room for a copy: ${Math.ceil(needed / 1_000_000)} MB are needed. ` +
        'Nothing was changed.',
    );
  return database.id;
}

async function copyAndCompare(
  from: string,
  to: string,
  progress: Progress,
): Promise<RestoreResult> {
  return inSnapshot(from, async (client) => {
    const frames = readFrames(snapshotFrames(client, progress, () => undefined));
    const restored = await restoreAndCompare(to, frames, progress);
    if (restored.changed.length > 0)
      throw new BackupFault(
        `${restored.changed.join(', ')} came back changed. Nothing was changed.`,
      );
    return restored;
  });
}

/** Renames both databases atomically. */
async function rename(server: pg.Client, ...names: [from: string, to: string][]): Promise<void> {
  await server.query('begin');
  try {
    for (const [from, to] of names)
      await server.query(`alter database ${quoted(from)} rename to ${quoted(to)}`);
    await server.query('commit');
  } catch (error) {
    await server.query('rollback');
    throw error;
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'sameboat-locale' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

function inDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}

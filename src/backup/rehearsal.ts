import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ADVISORY_LOCKS } from '../kernel/advisory-locks.js';
import { BackupFault } from './backup-fault.js';
import { quoted } from './catalog.js';
import type { BackupManifest, TableEnd } from './contents.js';
import type { Frame } from './frames.js';
import { restoreFrames, type RestoreResult } from './restore.js';
import { inSnapshot, measure, type Progress } from './snapshot.js';

const PREFIX = 'sameboat_rehearsal_';

export interface RehearsalResult {
  readonly contents: BackupManifest;
  readonly tables: number;
  readonly rows: number;
}

/**
 * Restores a backup into a scratch database on the same server, reads every row back, compares
 * counts, checksums and sequences with those in the file, and drops the scratch database.
 * @throws BackupFault if anything differs, or the role may not create databases
 */
export async function rehearse(
  url: string,
  frames: AsyncIterator<Frame>,
  progress: Progress,
): Promise<RehearsalResult> {
  return withScratch(url, async (scratch) => {
    const { contents, ends, changed } = await restoreAndCompare(scratch, frames, progress);
    if (changed.length > 0)
      throw new BackupFault(`The rehearsal failed: ${changed.join(', ')} came back changed.`);
    return {
      contents,
      tables: ends.length,
      rows: ends.reduce((sum, { rows }) => sum + rows, 0),
    };
  });
}

/**
 * Restores a backup into an empty database and reads every row back.
 * @returns what was restored, and the names of tables and sequences that differ
 * @throws BackupFault same as `restoreFrames`
 */
export async function restoreAndCompare(
  url: string,
  frames: AsyncIterator<Frame>,
  progress: Progress,
): Promise<RestoreResult & { readonly changed: readonly string[] }> {
  const restored = await restoreFrames(url, frames);
  const { contents, ends } = restored;
  const found = await inSnapshot(url, (client) => measure(client, contents.tables, progress));
  const changed = differences(ends, found.ends);
  if (JSON.stringify(found.sequences) !== JSON.stringify(contents.sequences))
    changed.push('sequences');
  return { ...restored, changed };
}

/** The tables whose counts or checksums differ. */
export function differences(saved: readonly TableEnd[], found: readonly TableEnd[]): string[] {
  return saved.flatMap(({ name, rows, sum }, at) => {
    const back = found[at];
    return back?.name === name && back.rows === rows && back.sum === sum ? [] : [name];
  });
}

async function withScratch<T>(url: string, work: (url: string) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'sameboat-rehearsal' });
  await client.connect();
  try {
    await acquireLock(client);
    const prefix = await scratchPrefix(client);
    await dropLeftOver(client, prefix);
    const name = `${prefix}${randomBytes(6).toString('hex')}`;
    await create(client, name);
    try {
      const scratch = new URL(url);
      scratch.pathname = `/${name}`;
      return await work(scratch.href);
    } finally {
      await client.query(`drop database if exists ${quoted(name)} with (force)`);
    }
  } finally {
    await client.end();
  }
}

async function acquireLock(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>(
    'select pg_try_advisory_lock($1) as free',
    [ADVISORY_LOCKS.rehearsal],
  );
  if (rows[0]?.free !== true)
    throw new BackupFault('Another rehearsal of this database is running: wait for it.');
}

/** Matches only scratch databases of this database. */
async function scratchPrefix(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'select oid::text as id from pg_database where datname = current_database()',
  );
  return `${PREFIX}${rows[0]?.id ?? ''}_`;
}

/** Uses the locale of the original database. */
async function create(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query<{ own: Record<string, string | null> }>(
    'select to_jsonb(d) as own from pg_database d where datname = current_database()',
  );
  const own = rows[0]?.own ?? {};
  const text = (value: string | null | undefined): string => client.escapeLiteral(value ?? 'C');
  const locale = own.datlocale ?? own.daticulocale;
  const provider =
    own.datlocprovider === 'b'
      ? `locale_provider builtin builtin_locale ${text(locale)}`
      : own.datlocprovider === 'i'
        ? `locale_provider icu icu_locale ${text(locale)}`
        : 'locale_provider libc';
  try {
    await client.query(
      `create database ${quoted(name)} template template0 encoding 'UTF8' ${provider}
        lc_collate ${text(own.datcollate)} lc_ctype ${text(own.datctype)}`,
    );
  } catch (error) {
    if ((error as { code?: string }).code === '42501')
      throw new BackupFault(
        'The role in DATABASE_URL may not create a scratch database: ' +
          'alter role … createdb, or rehearse with the URL of a role that may.',
      );
    throw error;
  }
}

/** Drops the leftovers of killed rehearsals. */
async function dropLeftOver(client: pg.Client, prefix: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1)',
    [prefix],
  );
  for (const { name } of rows)
    await client.query(`drop database if exists ${quoted(name)} with (force)`);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { ROOT } from '../kernel/paths.js';
import { BackupFault } from './backup-fault.js';
import {
  migrationsRun,
  quoted,
  sequenceStates,
  storedTables,
  type SequenceState,
  type TableColumns,
} from './catalog.js';

/** The first frame of a backup: its manifest. */
export interface BackupManifest {
  readonly kind: 'site';
  readonly format: 1;
  /** The version of Sameboat, for people; the migrations identify the schema. */
  readonly version: string;
  /** ISO 8601. */
  readonly takenAt: string;
  readonly migrations: readonly string[];
  readonly tables: readonly TableColumns[];
  readonly sequences: readonly SequenceState[];
  /**
   * Fingerprints of the settings (PRIVATE_KEY, otherwise SECRET_KEY) that decrypt private notes,
   * secrets of authenticator apps and signing keys of webhooks. The settings themselves are never
   * in a backup.
   */
  readonly keys: readonly string[];
}

/** The frame after a table's rows. */
export interface TableEnd {
  readonly kind: 'table-end';
  readonly name: string;
  readonly rows: number;
  readonly sum: string;
}

/**
 * Columns with key fingerprints. The previous signing key of a webhook is not included: it is only
 * valid for a day.
 */
export const MARKS = [
  ['private_keys', 'wrapped_by'],
  ['totp_secrets', 'sealed_by'],
  ['webhook_endpoints', 'sealed_by'],
] as const;

/** @throws BackupFault if there is no schema */
export async function readManifest(client: ClientBase): Promise<BackupManifest> {
  const migrations = await migrationsRun(client);
  if (migrations.length === 0)
    throw new BackupFault('This is not a Sameboat database: is DATABASE_URL right?');
  const tables = await storedTables(client);
  await client.query(
    `lock table ${tables.map(({ name }) => quoted(name)).join(', ')} in access share mode`,
  );
  const now = await client.query<{ now: Date }>('select now() as now');
  return {
    kind: 'site',
    format: 1,
    version: ownVersion(),
    takenAt: now.rows[0]?.now.toISOString() ?? '',
    migrations,
    tables,
    sequences: await sequenceStates(client),
    keys: await keyFingerprints(client),
  };
}

/**
 * The distinct fingerprints of the keys that encrypt anything in the database, sorted.
 * @param without tables to skip
 */
export async function keyFingerprints(
  client: ClientBase,
  without: readonly string[] = [],
): Promise<string[]> {
  const tables = (await storedTables(client)).filter(({ name }) => !without.includes(name));
  const marks = new Set<string>();
  for (const [table, column] of MARKS) {
    if (!tables.some(({ name, columns }) => name === table && columns.includes(column))) continue;
    const { rows } = await client.query<{ mark: string }>(
      `select distinct ${column} as mark from ${table}`,
    );
    for (const { mark } of rows) marks.add(mark);
  }
  return [...marks].sort();
}

export function isContents(value: unknown): value is BackupManifest {
  const read = value as Partial<BackupManifest> | null;
  return read?.kind === 'site' && Array.isArray(read.tables) && Array.isArray(read.migrations);
}

export function isTableEnd(value: unknown): value is TableEnd {
  return (value as Partial<TableEnd> | null)?.kind === 'table-end';
}

export function ownVersion(): string {
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return own.version;
}

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrationClasses } from '../kernel/database.js';
import { BackupFault } from './backup-fault.js';
import { dropConstraints, quoted, storedTables, type TableColumns } from './catalog.js';
import { isContents, isTableEnd, type BackupManifest, type TableEnd } from './contents.js';
import type { Frame } from './frames.js';
import { inNewSchema } from './new-schema.js';
import { RowChecksum } from './row-checksum.js';
import { columnList } from './snapshot.js';

export interface RestoreResult {
  readonly contents: BackupManifest;
  readonly ends: readonly TableEnd[];
  /** Number of migrations of this version that the file lacks. */
  readonly newer: number;
}

/**
 * Restores a backup into an empty database: creates the schema with our own migrations, up to the
 * last one in the file, then loads every table. Atomic: if it is killed or fails, the database
 * stays empty.
 * @throws BackupFault if the database is not empty, or the file is incomplete
 */
export async function restoreFrames(
  url: string,
  frames: AsyncIterator<Frame>,
): Promise<RestoreResult> {
  const contents = await readContents(frames);
  const known = (await migrationClasses()).map(({ name }) => name);
  const unknown = contents.migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new BackupFault(
      `The backup is from a newer Sameboat (${contents.version}): restore it with that version.`,
    );
  const ends = await inNewSchema(url, new Set(contents.migrations), (client) =>
    fill(client, contents, frames),
  );
  return { contents, ends, newer: known.length - contents.migrations.length };
}

async function readContents(frames: AsyncIterator<Frame>): Promise<BackupManifest> {
  const first = await frames.next();
  if (first.done !== true && first.value.type === 'J' && isContents(first.value.value)) {
    if ((first.value.value.format as number) === 1) return first.value.value;
  }
  throw new BackupFault('The backup was written by another version of Sameboat.');
}

async function fill(
  client: PoolClient,
  contents: BackupManifest,
  frames: AsyncIterator<Frame>,
): Promise<TableEnd[]> {
  const tables = await storedTables(client);
  if (JSON.stringify(namesOf(tables)) !== JSON.stringify(namesOf(contents.tables)))
    throw new BackupFault(
      'The tables of the backup are not those that its migrations make: nothing was restored.',
    );
  const names = tables.map(({ name }) => name);
  const tighten = await dropConstraints(client, names);
  // Deletes rows inserted by migrations, which the backup contains as well.
  await client.query(`truncate ${names.map(quoted).join(', ')}`);
  const ends: TableEnd[] = [];
  for (const table of contents.tables) ends.push(await fillTable(client, table, frames));
  const end = await frames.next();
  if (end.done === true || end.value.type !== 'J')
    throw new BackupFault('The backup ends in the middle.');
  if ((await frames.next()).done !== true)
    throw new BackupFault('The backup holds something unknown.');
  for (const { name, value, called } of contents.sequences)
    await client.query('select setval($1::regclass, $2, $3)', [quoted(name), value, called]);
  await tighten();
  return ends;
}

async function fillTable(
  client: PoolClient,
  table: TableColumns,
  frames: AsyncIterator<Frame>,
): Promise<TableEnd> {
  const begin = await frames.next();
  const named =
    begin.done !== true && begin.value.type === 'J'
      ? (begin.value.value as { kind?: string; name?: string })
      : null;
  if (named?.kind !== 'table' || named.name !== table.name)
    throw new BackupFault('The backup holds something unknown.');
  const checksum = new RowChecksum();
  const found: { end: unknown } = { end: null };
  await pipeline(
    Readable.from(rowsOf(frames, checksum, found), { objectMode: false }),
    client.query(copyFrom(`copy ${quoted(table.name)} (${columnList(table)}) from stdin`)),
  );
  const { end } = found;
  if (
    !isTableEnd(end) ||
    end.name !== table.name ||
    end.rows !== checksum.rows ||
    end.sum !== checksum.sum()
  )
    throw new BackupFault(`The rows of ${table.name} are not those that were saved.`);
  return end;
}

async function* rowsOf(
  frames: AsyncIterator<Frame>,
  checksum: RowChecksum,
  found: { end: unknown },
): AsyncGenerator<Buffer> {
  for (;;) {
    const next = await frames.next();
    if (next.done === true) throw new BackupFault('The backup ends in the middle.');
    if (next.value.type === 'J') {
      found.end = next.value.value;
      return;
    }
    checksum.update(next.value.rows);
    yield next.value.rows;
  }
}

function namesOf(tables: readonly TableColumns[]): [string, string[]][] {
  return tables.map(({ name, columns }) => [name, [...columns].sort()]);
}

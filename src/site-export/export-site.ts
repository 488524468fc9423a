import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { DataSource } from 'typeorm';
import { BackupFault } from '../backup/backup-fault.js';
import { fileFault } from '../backup/backup.js';
import { migrationsRun, quoted } from '../backup/catalog.js';
import { keyFingerprints, ownVersion } from '../backup/contents.js';
import { inSnapshot, type Progress } from '../backup/snapshot.js';
import { Clock } from '../kernel/clock.js';
import { dataSourceOptions, migrationClasses } from '../kernel/database.js';
import { AuditLog } from '../review/audit-log.js';
import { describeKinds, recordExpression, recordOrder, type DescribedKind } from './fields.js';
import { nextIds } from './id-counters.js';
import { EXCLUDED_TABLES } from './kinds.js';
import { FORMAT, FORMAT_VERSION, MANIFEST, type ExportedKind, type Manifest } from './manifest.js';

const BATCH = 1_000;

/**
 * Exports the whole site to a folder, as one JSON Lines file for each kind of record. The folder
 * gets its final name only once it is complete and recorded in the audit log, as it reveals who
 * wrote under which alias.
 * @throws BackupFault if the folder exists or cannot be written, or the schema is outdated
 */
export async function exportSite(
  url: string,
  folder: string,
  progress: Progress,
  reason: string,
): Promise<Manifest> {
  if (existsSync(folder)) throw new BackupFault(`${folder} already exists. Name another folder.`);
  const unfinished = `${folder}.part`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    const manifest = await inSnapshot(url, (client) => writeAll(client, unfinished, progress));
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    writeFileSync(join(unfinished, MANIFEST), text, { mode: 0o600 });
    await note(url, reason);
    await rename(unfinished, folder);
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw fileFault(folder, error);
  }
}

async function note(url: string, reason: string): Promise<void> {
  const source = await new DataSource(dataSourceOptions(url, 1)).initialize();
  try {
    await source.transaction((tx) =>
      new AuditLog(new Clock()).write(tx, null, { action: 'operator.site-exported', reason }),
    );
  } finally {
    await source.destroy();
  }
}

async function writeAll(client: Client, folder: string, progress: Progress): Promise<Manifest> {
  const ran = new Set(await migrationsRun(client));
  if (ran.size === 0)
    throw new BackupFault('This is not a Sameboat database: is DATABASE_URL right?');
  if (!(await migrationClasses()).every(({ name }) => ran.has(name)))
    throw new BackupFault('The schema is from an earlier version: run npm run migrate first.');
  const described = await describeKinds(client);
  const kinds: ExportedKind[] = [];
  for (const [at, each] of described.entries()) {
    progress('Exporting', at, described.length);
    kinds.push(await writeKind(client, folder, each));
  }
  progress('Exporting', described.length, described.length);
  const now = await client.query<{ now: Date }>('select now() as now');
  return {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    version: ownVersion(),
    exportedAt: now.rows[0]?.now.toISOString() ?? '',
    kinds,
    nextIds: await nextIds(client, described),
    keys: await keyFingerprints(client, Object.keys(EXCLUDED_TABLES)),
    leftOut: leftOut(described),
  };
}

async function writeKind(
  client: Client,
  folder: string,
  described: DescribedKind,
): Promise<ExportedKind> {
  const { kind, fields } = described;
  const file = `${kind.name}.jsonl`;
  const hash = createHash('sha256');
  const count = { records: 0 };
  await pipeline(
    Readable.from(linesOf(client, described, count)),
    async function* (lines: AsyncIterable<string>) {
      for await (const text of lines) {
        hash.update(text);
        yield text;
      }
    },
    createWriteStream(join(folder, file), { mode: 0o600 }),
  );
  return {
    name: kind.name,
    about: kind.about,
    file,
    records: count.records,
    sha256: hash.digest('hex'),
    fields: Object.fromEntries(
      fields.map(({ name, type, refersTo }) => [
        name,
        refersTo === null ? { type } : { type, refersTo },
      ]),
    ),
  };
}

async function* linesOf(
  client: Client,
  described: DescribedKind,
  count: { records: number },
): AsyncGenerator<string> {
  const { table, where = 'true' } = described.kind;
  await client.query(
    `declare records no scroll cursor for
      select ${recordExpression(described)} as record
      from ${quoted(table)}
      where ${where}
      order by ${recordOrder(described)}`,
  );
  for (;;) {
    const { rows } = await client.query<{ record: string }>(`fetch ${BATCH} from records`);
    if (rows.length === 0) break;
    count.records += rows.length;
    yield rows.map(({ record }) => `${record}\n`).join('');
  }
  await client.query('close records');
}

function leftOut(described: readonly DescribedKind[]): Record<string, string> {
  const columns = described.flatMap(({ kind }) =>
    Object.entries(kind.leftOut ?? {}).map(([column, why]) => [`${kind.table}.${column}`, why]),
  );
  return { ...EXCLUDED_TABLES, ...(Object.fromEntries(columns) as Record<string, string>) };
}

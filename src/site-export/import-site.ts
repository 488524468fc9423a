import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PoolClient } from 'pg';
import { BackupFault } from '../backup/backup-fault.js';
import { dropConstraints, quoted, storedTables } from '../backup/catalog.js';
import { inNewSchema } from '../backup/new-schema.js';
import type { Progress } from '../backup/snapshot.js';
import { migrationClasses } from '../kernel/database.js';
import { describeKinds, type DescribedKind, type Field } from './fields.js';
import { setNextIds } from './id-counters.js';
import { MANIFEST, readManifest, type ExportedKind, type Manifest } from './manifest.js';

const BATCH = 500;

/**
 * Imports an export into an empty database. Atomic: if it is killed or fails, the database stays
 * empty. Derived data (search index, word counts) is recomputed.
 * @throws BackupFault if the database is not empty, or a file differs from what was exported
 */
export async function importSite(
  url: string,
  folder: string,
  progress: Progress,
): Promise<Manifest> {
  const manifest = await readManifest(folder);
  await checkFiles(folder, manifest);
  const all = new Set((await migrationClasses()).map(({ name }) => name));
  await inNewSchema(url, all, async (client) => {
    const described = await describeKinds(client);
    const plan = planOf(manifest, described);
    // Removes rows inserted by migrations. There are none in the append-only audit log.
    await emptyTables(client);
    // Triggers stay enabled: they compute data that is not exported, such as the search index.
    const tighten = await dropConstraints(client, []);
    for (const [at, [exported, kind]] of plan.entries()) {
      progress('Importing', at, plan.length);
      await fill(client, folder, exported, kind);
    }
    progress('Importing', plan.length, plan.length);
    await setNextIds(client, described, manifest.nextIds);
    await tighten();
  });
  return manifest;
}

/** Detects modified or truncated files before the database is touched. */
async function checkFiles(folder: string, { kinds }: Manifest): Promise<void> {
  for (const { file, sha256 } of kinds) {
    if (!/^[a-z-]+\.jsonl$/.test(file))
      throw new BackupFault(`${MANIFEST} names a file that is not part of an export.`);
    const hash = createHash('sha256');
    try {
      for await (const piece of createReadStream(join(folder, file))) hash.update(piece as Buffer);
    } catch {
      throw new BackupFault(`${join(folder, file)} cannot be read.`);
    }
    if (hash.digest('hex') !== sha256)
      throw new BackupFault(
        `${join(folder, file)} has changed since the export: its checksum does not match.`,
      );
  }
}

/** Sorted as in `KINDS`, so that rows that triggers read come before those that fire them. */
function planOf(
  manifest: Manifest,
  described: readonly DescribedKind[],
): [ExportedKind, DescribedKind][] {
  const unknown = manifest.kinds.filter(
    ({ name }) => !described.some(({ kind }) => kind.name === name),
  );
  if (unknown[0] !== undefined)
    throw new BackupFault(`This version does not know the kind of record ${unknown[0].name}.`);
  return described.flatMap((each) => {
    const exported = manifest.kinds.find(({ name }) => name === each.kind.name);
    return exported === undefined ? [] : [[exported, each] as [ExportedKind, DescribedKind]];
  });
}

async function emptyTables(client: PoolClient): Promise<void> {
  for (const { name } of await storedTables(client)) {
    if (name === 'schema_migrations') continue;
    const { rows } = await client.query(`select 1 from ${quoted(name)} limit 1`);
    if (rows.length > 0) await client.query(`truncate ${quoted(name)} cascade`);
  }
}

async function fill(
  client: PoolClient,
  folder: string,
  exported: ExportedKind,
  { kind, fields }: DescribedKind,
): Promise<void> {
  const used = Object.keys(exported.fields).map((name) => {
    const field = fields.find((each) => each.name === name);
    if (field === undefined)
      throw new BackupFault(`This version does not know the field ${name} of ${kind.name}.`);
    return field;
  });
  const columns = used.map(({ column }) => quoted(column)).join(', ');
  const insert = `
    insert into ${quoted(kind.table)} (${columns})
    overriding system value
    select ${columns}
    from jsonb_populate_recordset(null::${quoted(kind.table)}, $1::jsonb)`;
  let line = 0;
  let batch: object[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    try {
      await client.query(insert, [JSON.stringify(batch)]);
    } catch (error) {
      throw rowFault(exported.file, line, error);
    }
    batch = [];
  };
  const lines = createInterface({
    input: createReadStream(join(folder, exported.file)),
    crlfDelay: Infinity,
  });
  for await (const text of lines) {
    line += 1;
    batch.push(rowOf(text, used, `${exported.file}, line ${line}`));
    if (batch.length === BATCH) await flush();
  }
  await flush();
  if (line !== exported.records)
    throw new BackupFault(`${exported.file} has ${line} lines, not ${exported.records}.`);
}

function rowOf(text: string, fields: readonly Field[], place: string): object {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new BackupFault(`${place}: this is not JSON.`);
  }
  return Object.fromEntries(
    fields.map(({ column, name, type }) => {
      const value = record[name] ?? null;
      return [column, type === 'base64' && typeof value === 'string' ? bytes(value) : value];
    }),
  );
}

/** PostgreSQL reads bytes as hexadecimal. */
function bytes(base64: string): string {
  return `\\x${Buffer.from(base64, 'base64').toString('hex')}`;
}

/** Reports the error code only, as PostgreSQL's message may quote the row. */
function rowFault(file: string, line: number, error: unknown): unknown {
  const { code, column, constraint } = error as Record<string, string | undefined>;
  if (code === undefined || !/^2[23]/.test(code)) return error;
  const where = constraint ?? column;
  return new BackupFault(
    `${file}, up to line ${line}: a record does not fit ` +
      `(${where === undefined ? code : `${code}, ${where}`}). Nothing was imported.`,
  );
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupFault } from '../backup/backup-fault.js';
import type { FieldType } from './fields.js';

export const FORMAT = 'sameboat-site-export';
export const FORMAT_VERSION = 1;
export const MANIFEST = 'manifest.json';

export interface ExportedKind {
  readonly name: string;
  readonly about: string;
  /** The file beside the manifest, a record a line. */
  readonly file: string;
  readonly records: number;
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
  readonly fields: Readonly<Record<string, { type: FieldType; refersTo?: string }>>;
}

/** What `manifest.json` says of an export. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly formatVersion: typeof FORMAT_VERSION;
  /** Of Sameboat. */
  readonly version: string;
  readonly exportedAt: string;
  readonly kinds: readonly ExportedKind[];
  /** The id that the next record of a kind gets: one that was used is never used again. */
  readonly nextIds: Readonly<Record<string, string>>;
  /** Marks of the settings under which sealed fields can be read. */
  readonly keys: readonly string[];
  /** What is not exported, and why. */
  readonly leftOut: Readonly<Record<string, string>>;
}

/** @throws BackupFault where the folder holds no export that this version reads */
export async function readManifest(folder: string): Promise<Manifest> {
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Partial<Manifest>;
  } catch {
    throw new BackupFault(`${folder} has no readable ${MANIFEST}.`);
  }
  if (manifest.format !== FORMAT || !Array.isArray(manifest.kinds))
    throw new BackupFault(`${folder} is not a site export.`);
  if (manifest.formatVersion !== FORMAT_VERSION)
    throw new BackupFault(
      `The export has version ${String(manifest.formatVersion)} of the format; ` +
        `this Sameboat reads version ${FORMAT_VERSION}.`,
    );
  return manifest as Manifest;
}

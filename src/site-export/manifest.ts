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
  /** The file beside the manifest, with one record on each line. */
  readonly file: string;
  readonly records: number;
  /** Checksum of the file, in hexadecimal. */
  readonly sha256: string;
  readonly fields: Readonly<Record<string, { type: FieldType; refersTo?: string }>>;
}

/** The content of `manifest.json`. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly formatVersion: typeof FORMAT_VERSION;
  /** The version of Sameboat. */
  readonly version: string;
  readonly exportedAt: string;
  readonly kinds: readonly ExportedKind[];
  /** The next id of each kind, so that no id is ever reused. */
  readonly nextIds: Readonly<Record<string, string>>;
  /** Fingerprints of the settings that decrypt encrypted fields. */
  readonly keys: readonly string[];
  /** Tables and columns that are not exported, with reasons. */
  readonly leftOut: Readonly<Record<string, string>>;
}

/** @throws BackupFault if the folder contains no export that this version can read */
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

import {
  createReadStream,
  createWriteStream,
  existsSync,
  openSync,
  closeSync,
  fsyncSync,
} from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { ADVISORY_LOCKS } from '../kernel/advisory-locks.js';
import { BackupFault } from './backup-fault.js';
import type { BackupManifest, TableEnd } from './contents.js';
import { decryptStream, encryptStream } from './encrypted-stream.js';
import { readFrames, type Frame } from './frames.js';
import { inSnapshot, snapshotFrames, type Progress } from './snapshot.js';

export interface BackupResult {
  readonly tables: number;
  readonly rows: number;
  readonly bytes: number;
  readonly takenAt: string;
  readonly keys: readonly string[];
}

/**
 * Writes the whole database to a compressed, encrypted file. The file gets its final name only once
 * it is complete and flushed to disk.
 * @throws BackupFault if the file exists or cannot be written
 */
export async function backUp(
  url: string,
  file: string,
  passphrase: string,
  progress: Progress,
): Promise<BackupResult> {
  if (existsSync(file)) throw new BackupFault(`${file} already exists. Name another file.`);
  const unfinished = `${file}.part`;
  return inSnapshot(url, async (client) => {
    const lock = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [
      ADVISORY_LOCKS.backup,
    ]);
    if (lock.rows[0]?.free !== true)
      throw new BackupFault('Another backup of this database is being written: wait for it.');
    try {
      let saved: { contents: BackupManifest; ends: readonly TableEnd[] } | null = null;
      await pipeline(
        snapshotFrames(client, progress, (contents, ends) => (saved = { contents, ends })),
        createGzip(),
        (source: AsyncIterable<Buffer>) => encryptStream(source, passphrase),
        createWriteStream(unfinished, { mode: 0o600 }),
      );
      flush(unfinished);
      const { size } = await stat(unfinished);
      await rename(unfinished, file);
      return summary(saved, size);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw fileFault(file, error);
    }
  });
}

/** Reads and verifies the frames of a backup as a stream. */
export async function* openBackup(
  file: string,
  passphrase: string,
  read: (bytes: number) => void,
): AsyncGenerator<Frame> {
  const source = createReadStream(file);
  const unzip = createGunzip();
  // Errors of the source propagate to the reader of the frames.
  const opened = pipeline(
    source,
    (encrypted: AsyncIterable<Buffer>) => decryptStream(counted(encrypted, read), passphrase),
    unzip,
  );
  const fault = opened.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  try {
    yield* readFrames(unzip as AsyncIterable<Buffer>);
  } catch (error) {
    throw fileFault(file, (await fault)?.error ?? error);
  } finally {
    source.destroy();
    unzip.destroy();
  }
  const failed = await fault;
  if (failed !== null) throw fileFault(file, failed.error);
}

async function* counted(
  source: AsyncIterable<Buffer>,
  read: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    read(piece.length);
    yield piece;
  }
}

/** Turns file errors into messages for the operator; returns any other error unchanged. */
export function fileFault(file: string, error: unknown): unknown {
  switch ((error as { code?: string }).code) {
    case 'ENOENT':
      return new BackupFault(`${file}: there is no such file or folder.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new BackupFault(`${file}: permission denied.`);
    case 'EISDIR':
      return new BackupFault(`${file} is a folder: name a file.`);
    case 'ENOSPC':
    case 'EDQUOT':
      return new BackupFault(`${file}: the disk is full. Nothing was kept.`);
    case 'Z_DATA_ERROR':
    case 'Z_BUF_ERROR':
      return new BackupFault('The file is damaged or cut off: take another backup.');
    default:
      return error;
  }
}

function flush(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function summary(
  saved: { contents: BackupManifest; ends: readonly TableEnd[] } | null,
  bytes: number,
): BackupResult {
  if (saved === null) throw new Error('the snapshot did not end');
  return {
    tables: saved.ends.length,
    rows: saved.ends.reduce((sum, { rows }) => sum + rows, 0),
    bytes,
    takenAt: saved.contents.takenAt,
    keys: saved.contents.keys,
  };
}

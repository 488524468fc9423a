import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorFault } from '../accounts/members-admin.service.js';
import { backUp, fileFault, openBackup } from '../backup/backup.js';
import { backupPassphrase } from '../backup/passphrase.js';
import { rehearse, type RehearsalResult } from '../backup/rehearsal.js';
import { restoreFrames } from '../backup/restore.js';
import type { Frame } from '../backup/frames.js';
import { startEmbedded } from '../embedded/services.js';
import { loadConfig, type Config } from '../kernel/config.js';
import { wrappingKeys } from '../vault/encryption.js';
import type { Options } from './command.js';
import { progressBar } from './progress.js';

/** A verb that needs at most the database, not the whole application. */
export interface DatabaseVerb {
  help: string;
  /** `join`: can share the embedded database with a running Sameboat. */
  database: 'join' | 'database-only' | 'none';
  run(config: Config, options: Options, words: string[]): Promise<string>;
  /** Runs after the embedded database has stopped. @returns further output */
  afterwards?(config: Config): string;
}

export const backupVerbs: Record<string, DatabaseVerb> = {
  backup: {
    help:
      'backup FILE [--json]    ' +
      'saves the whole database, encrypted with BACKUP_PASSPHRASE or the content of ' +
      'BACKUP_PASSPHRASE_FILE',
    database: 'join',
    run: async (config, options, [file]) => {
      const named = needFile(file, 'backup');
      const saved = await backUp(urlOf(config), named, backupPassphrase(config), progressBar);
      if (options.json === true) return JSON.stringify({ file: named, ...saved });
      return [
        `${saved.rows} rows of ${saved.tables} tables are in ${named} (${megabytes(saved.bytes)}).`,
        'It does not contain BACKUP_PASSPHRASE, which opens it, or SECRET_KEY and PRIVATE_KEY, ' +
          'without which private notes cannot be read. Keep them somewhere else.',
      ].join('\n');
    },
  },
  restore: {
    help: 'restore FILE [--json]    fills an empty database from a backup, completely or not at all',
    database: 'database-only',
    run: async (config, options, [file]) => {
      const named = needFile(file, 'restore');
      const { contents, ends, newer } = await restoreFrames(
        urlOf(config),
        framesOf(named, backupPassphrase(config), 'Restoring'),
      );
      const rows = ends.reduce((sum, end) => sum + end.rows, 0);
      const missing = missingKeys(config, contents.keys);
      if (options.json === true) {
        const { takenAt } = contents;
        return JSON.stringify({ tables: ends.length, rows, takenAt, newer, missing });
      }
      return [
        `${rows} rows of ${ends.length} tables were restored, as of ${contents.takenAt}.`,
        ...(newer > 0 ? [`Next: npm run migrate (${newer} newer migrations).`] : []),
        'Once it runs: npm run admin -- jobs replay-outbox ' +
          `--since ${dayBefore(contents.takenAt)} repeats what the queues had not finished.`,
        ...missing.map(
          (mark) =>
            `Data encrypted with the key ${mark} cannot be read: that key is not set here. ` +
            'Set the PRIVATE_KEY (or SECRET_KEY) of that time.',
        ),
      ].join('\n');
    },
  },
  rehearse: {
    help:
      'rehearse [FILE] [--json]    ' +
      'restores a backup (without FILE, one that it takes now) into a scratch database, ' +
      'compares every row, and drops it',
    database: 'join',
    run: async (config, options, [file]) => {
      const done =
        file === undefined
          ? await rehearseNow(config)
          : await rehearseFile(config, file, backupPassphrase(config));
      const { contents, tables, rows } = done;
      const what = file ?? 'a backup of now';
      return options.json === true
        ? JSON.stringify({ file: file ?? null, tables, rows, takenAt: contents.takenAt })
        : `Rehearsed ${what}: ${tables} tables, ${rows} rows, all checksums equal.`;
    },
  },
};

/** Runs a verb with the database that the settings name. */
export async function runDatabaseVerb(
  verb: DatabaseVerb,
  options: Options,
  words: string[],
): Promise<string> {
  const config = loadConfig();
  if (verb.database === 'none') return verb.run(config, options, words);
  const embedded = await startEmbedded(config, verb.database);
  const output: string[] = [];
  try {
    output.push(await verb.run(config, options, words));
  } finally {
    await embedded.stop();
  }
  if (verb.afterwards !== undefined) output.push(verb.afterwards(config));
  return output.join('\n');
}

/** Rehearses with a temporary backup in DATA_DIR, under a random passphrase. Deleted at the end. */
async function rehearseNow(config: Config): Promise<RehearsalResult> {
  mkdirSync(config.dataDir, { recursive: true });
  const file = join(config.dataDir, `rehearsal-${randomBytes(6).toString('hex')}`);
  const passphrase = randomBytes(32).toString('base64');
  try {
    await backUp(urlOf(config), file, passphrase, progressBar);
    return await rehearseFile(config, file, passphrase);
  } finally {
    rmSync(file, { force: true });
  }
}

function rehearseFile(config: Config, file: string, passphrase: string): Promise<RehearsalResult> {
  return rehearse(urlOf(config), framesOf(file, passphrase, 'Restoring'), progressBar);
}

function framesOf(file: string, passphrase: string, what: string): AsyncIterator<Frame> {
  const all = sizeOf(file);
  let done = 0;
  return openBackup(file, passphrase, (bytes) => {
    done += bytes;
    progressBar(what, done, all);
  });
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch (error) {
    throw fileFault(file, error);
  }
}

function needFile(file: string | undefined, verb: string): string {
  if (file === undefined) throw new OperatorFault(`Name the file: ${verb} FILE`);
  return file;
}

export function urlOf(config: Config): string {
  if (config.DATABASE_URL === undefined) throw new Error('no database was started');
  return config.directUrl;
}

/** Fingerprints of keys that encrypted data needs but the settings do not provide. */
export function missingKeys(config: Config, needed: readonly string[]): string[] {
  const known = wrappingKeys(config).map(({ mark }) => mark);
  return needed.filter((mark) => !known.includes(mark));
}

// Failed jobs are retried for at most a day, so older events need no replay.
export function dayBefore(takenAt: string): string {
  return new Date(Date.parse(takenAt) - 24 * 60 * 60 * 1_000).toISOString();
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

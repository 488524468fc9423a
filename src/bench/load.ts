import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Measured {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  /** Milliseconds of CPU time the server spent on a request; 0 where the system reports none. */
  cpu: number;
  requests: number;
  /** Answers with another status than expected, errors and timeouts. */
  failures: number;
}

export interface Shot {
  path: string;
  cookie?: string;
  /** Of a form; `KEY` in it becomes a fresh random key each time. */
  body?: string;
}

export interface LoadOptions {
  connections: number;
  /** Milliseconds. */
  time: number;
  /** The status that counts as success. */
  expect: number;
}

/** What is asked for, in turn, over and over. */
export interface LoadOrder extends LoadOptions {
  base: string;
  shots: readonly Shot[];
}

interface Target {
  base: string;
  pid: number;
}

/** The load generator, in a process of its own so that it does not compete with what measures. */
export class LoadGenerator {
  private readonly child: ChildProcess;

  constructor() {
    this.child = fork(fileURLToPath(new URL('./load-process.js', import.meta.url)));
  }

  /** A round in which nothing came back, not even a failure, is taken again and longer. */
  async load(target: Target, shots: readonly Shot[], options: LoadOptions): Promise<Measured> {
    const measured = await this.once(target, shots, options);
    if (measured.requests + measured.failures > 0 || options.time > 30_000) return measured;
    return this.load(target, shots, { ...options, time: options.time * 4 });
  }

  stop(): void {
    this.child.disconnect();
  }

  private async once(
    target: Target,
    shots: readonly Shot[],
    options: LoadOptions,
  ): Promise<Measured> {
    const { base, pid } = target;
    if (new URL(base).hostname !== '127.0.0.1') throw new Error('benchmarks stay on loopback');
    const before = processorTime(pid);
    const answered = new Promise<Omit<Measured, 'cpu'>>((resolve, reject) => {
      this.child.once('message', (message) => resolve(message as Omit<Measured, 'cpu'>));
      this.child.once('exit', () => reject(new Error('the load generator ended')));
    });
    const order: LoadOrder = { base, shots, ...options };
    this.child.send(order);
    const measured = await answered.finally(() => this.child.removeAllListeners('exit'));
    return { ...measured, cpu: (processorTime(pid) - before) / Math.max(1, measured.requests) };
  }
}

/** Milliseconds that a process has spent on the processor; 0 where /proc does not tell. */
export function processorTime(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name, which may hold blanks: user and system time in hundredths of a second.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    // No /proc here, or the process has ended.
    return 0;
  }
}

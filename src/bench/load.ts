import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { processorTime } from './processor-time.js';

export interface LoadResult {
  perSecond: number;
  /** In milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  /**
   * CPU time of the server for each request, in milliseconds; 0 if the system does not report it.
   */
  cpu: number;
  requests: number;
  /** Responses with an unexpected status, errors and timeouts. */
  failures: number;
}

export interface RequestTemplate {
  path: string;
  cookie?: string;
  /** A form body; a field with the value `KEY` gets a fresh random one each time. */
  body?: string;
}

export interface LoadOptions {
  connections: number;
  /** In milliseconds. */
  time: number;
  /** The status that counts as success. */
  expect: number;
}

/** Requests to repeat in turn. */
export interface LoadOrder extends LoadOptions {
  base: string;
  requests: readonly RequestTemplate[];
}

interface Target {
  base: string;
  pid: number;
}

/** The load generator, in a separate process so that it does not compete with the measurement. */
export class LoadGenerator {
  private readonly child: ChildProcess;

  constructor() {
    this.child = fork(fileURLToPath(new URL('./load-process.js', import.meta.url)));
  }

  /** A round without any response, not even a failure, is repeated for longer. */
  async load(
    target: Target,
    requests: readonly RequestTemplate[],
    options: LoadOptions,
  ): Promise<LoadResult> {
    const measured = await this.once(target, requests, options);
    if (measured.requests + measured.failures > 0 || options.time > 30_000) return measured;
    return this.load(target, requests, { ...options, time: options.time * 4 });
  }

  stop(): void {
    this.child.disconnect();
  }

  private async once(
    target: Target,
    requests: readonly RequestTemplate[],
    options: LoadOptions,
  ): Promise<LoadResult> {
    const { base, pid } = target;
    if (new URL(base).hostname !== '127.0.0.1') throw new Error('benchmarks stay on loopback');
    const before = processorTime(pid);
    const answered = new Promise<Omit<LoadResult, 'cpu'>>((resolve, reject) => {
      this.child.once('message', (message) => resolve(message as Omit<LoadResult, 'cpu'>));
      this.child.once('exit', () => reject(new Error('the load generator ended')));
    });
    const order: LoadOrder = { base, requests, ...options };
    this.child.send(order);
    const measured = await answered.finally(() => this.child.removeAllListeners('exit'));
    return { ...measured, cpu: (processorTime(pid) - before) / Math.max(1, measured.requests) };
  }
}

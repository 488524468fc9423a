import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import type { MetricsAsJson, RequestMetrics } from './http/request-metrics.js';
import { ConfigFault } from './kernel/config.js';
import type { Logger } from './kernel/logger.js';

/** Milliseconds until a process that could not be restarted is tried again. */
const AGAIN = 1_000;

// Messages between the processes: a worker asks for all metrics, the primary asks each worker for
// its own.
interface Asked {
  metrics: 'all' | 'own';
  id: number;
}
interface OwnMetrics {
  metrics: 'of-one';
  id: number;
  json: MetricsAsJson;
}
interface AllMetrics {
  metrics: 'of-all';
  id: number;
  all: MetricsAsJson[];
}
type Message = Asked | OwnMetrics | AllMetrics;

/** Whether this is the primary of several processes, which serves no requests itself. */
export function isFirstOfSeveral(count: number): boolean {
  return count > 1 && cluster.isPrimary;
}

/**
 * Several web processes that share one port, each like `npm run start:web`. One that exits is
 * replaced.
 */
export class WebProcesses {
  private stopping = false;
  private asked = 0;

  constructor(
    private readonly count: number,
    private readonly logger: Logger,
  ) {}

  /**
   * Resolves once all of them serve.
   * @throws ConfigFault if one cannot; it has logged the reason
   */
  async start(): Promise<void> {
    cluster.on('message', (from, message) => void this.hear(from, message as Message));
    await Promise.all(Array.from({ length: this.count }, () => this.fork()));
  }

  /** Stops all processes; each finishes its requests. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(
      workers().map((worker) => {
        const ended = new Promise((resolve) => worker.once('exit', resolve));
        worker.process.kill('SIGTERM');
        return ended;
      }),
    );
  }

  private fork(): Promise<void> {
    const worker = cluster.fork();
    return new Promise((resolve, reject) => {
      let serves = false;
      worker.once('listening', () => {
        serves = true;
        this.logger.info('a web process serves', { pid: worker.process.pid });
        resolve();
      });
      worker.once('exit', (code) => {
        if (!serves) reject(new ConfigFault('A web process could not start; it has said why.'));
        else if (!this.stopping) {
          this.logger.warn('a web process ended and is replaced', { code });
          this.replace();
        }
      });
    });
  }

  private replace(): void {
    this.fork().catch((error: unknown) => {
      if (this.stopping) return;
      this.logger.warn('a web process could not be replaced and is tried again', { error });
      setTimeout(() => this.replace(), AGAIN);
    });
  }

  private async hear(from: Worker, message: Message): Promise<void> {
    if (message.metrics !== 'all') return;
    const all = await Promise.all(workers().map((worker) => metricsOf(worker, (this.asked += 1))));
    const answer: AllMetrics = {
      metrics: 'of-all',
      id: message.id,
      all: all.filter((each) => each !== null),
    };
    if (from.isConnected()) from.send(answer);
  }
}

/**
 * Requests the metrics of one process, and leaves no listener behind.
 * @param id of the request, which the answer repeats
 * @returns null if the process exits before it answers
 */
export function metricsOf(worker: Worker, id: number): Promise<MetricsAsJson | null> {
  return new Promise((resolve) => {
    const settle = (json: MetricsAsJson | null): void => {
      worker.off('message', hear);
      worker.off('exit', ended);
      resolve(json);
    };
    const hear = (message: Message): void => {
      if (message.metrics === 'of-one' && message.id === id) settle(message.json);
    };
    const ended = (): void => settle(null);
    worker.on('message', hear);
    worker.once('exit', ended);
    if (worker.isConnected()) worker.send({ metrics: 'own', id } satisfies Asked);
    else settle(null);
  });
}

/** Lets any of several processes respond with the metrics of all. A single process has its own. */
export function shareMetrics(metrics: RequestMetrics): void {
  if (!cluster.isWorker) return;
  const waiting = new Map<number, (all: MetricsAsJson[]) => void>();
  let asked = 0;
  process.on('message', (message: Message) => {
    if (message.metrics === 'of-all') {
      waiting.get(message.id)?.(message.all);
      waiting.delete(message.id);
    } else if (message.metrics === 'own') {
      void metrics.own().then((json) => {
        process.send?.({ metrics: 'of-one', id: message.id, json } satisfies OwnMetrics);
      });
    }
  });
  metrics.gather = async () => {
    const all = await new Promise<MetricsAsJson[]>((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      process.send?.({ metrics: 'all', id: asked } satisfies Asked);
    });
    return AggregatorRegistry.aggregate(all).metrics();
  };
}

function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

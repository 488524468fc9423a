import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Replicas } from '../kernel/replicas.js';
import { measureReplicas } from './replica-metrics.js';

export type MetricsAsJson = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/**
 * Prometheus metrics of the process and its responses. Labels contain route patterns only, because
 * a URL may contain a token.
 */
@Injectable()
export class RequestMetrics {
  private readonly registry = new Registry();
  readonly contentType = this.registry.contentType;
  private readonly answers = new Histogram({
    name: 'sameboat_http_request_seconds',
    help: 'Time to answer, by method, pattern and class of status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  constructor(replicas: Replicas) {
    collectDefaultMetrics({ register: this.registry, prefix: 'sameboat_' });
    if (replicas.enabled) measureReplicas(this.registry, replicas);
  }

  /** Cached per pattern: looking up a counter by its labels costs more than incrementing it. */
  private readonly counters = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();

  /**
   * Adds a gauge of this process.
   * @param read returns the values by label; called at each scrape
   */
  add(name: string, help: string, read: () => Readonly<Record<string, number>>): void {
    new Gauge({
      name: `sameboat_${name}`,
      help,
      labelNames: ['what'],
      registers: [this.registry],
      collect() {
        for (const [what, value] of Object.entries(read())) this.set({ what }, value);
      },
    });
  }

  /** The metrics for Prometheus, of all web processes if there are several. */
  gather = (): Promise<string> => this.registry.metrics();

  own(): Promise<MetricsAsJson> {
    return this.registry.getMetricsAsJSON();
  }

  middleware() {
    return (req: Request, res: Response, next: NextFunction): void => {
      const began = performance.now();
      res.on('finish', () => {
        const route = (req.route as { path?: string } | undefined)?.path ?? 'none';
        this.counter(req.method, route, `${Math.floor(res.statusCode / 100)}xx`).observe(
          (performance.now() - began) / 1_000,
        );
      });
      next();
    };
  }

  private counter(method: string, route: string, status: string) {
    const key = `${method} ${route} ${status}`;
    let counter = this.counters.get(key);
    if (counter === undefined) {
      counter = this.answers.labels(method, route, status);
      this.counters.set(key, counter);
    }
    return counter;
  }
}

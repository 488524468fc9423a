import { Counter, Gauge, type Registry } from 'prom-client';
import type { Replicas } from '../kernel/replicas.js';

/** Metrics about this process's replicas, which are numbered as in DATABASE_REPLICA_URLS. */
export function measureReplicas(registry: Registry, replicas: Replicas): void {
  const registers = [registry];
  new Gauge({
    name: 'sameboat_replica_in_use',
    help: 'Web processes that read from a replica; the others leave it out',
    labelNames: ['replica'],
    registers,
    collect() {
      for (const { number, usable } of replicas.all) this.set({ replica: number }, usable ? 1 : 0);
    },
  });
  new Gauge({
    name: 'sameboat_replica_lag_seconds',
    help: 'How far a replica is behind the primary at most; none where that is unknown',
    labelNames: ['replica'],
    aggregator: 'max',
    registers,
    collect() {
      this.reset();
      for (const { number, lag } of replicas.all)
        if (lag !== null) this.set({ replica: number }, lag / 1_000);
    },
  });
  new Counter({
    name: 'sameboat_replica_reads_total',
    help: 'Reads outside transactions, by the server that answered',
    labelNames: ['server'],
    registers,
    collect() {
      this.reset();
      this.inc({ server: 'primary' }, replicas.reads.primary);
      this.inc({ server: 'replica' }, replicas.reads.replica);
    },
  });
}

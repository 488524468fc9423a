import { PageChanges } from '../../src/http/page-changes.js';
import type { RequestMetrics } from '../../src/http/request-metrics.js';
import { SharedCaches } from '../../src/http/shared-cache.js';
import type { Config } from '../../src/kernel/config.js';
import type { Replicas } from '../../src/kernel/replicas.js';
import type { TestDatabase } from './database.js';

const NO_REPLICAS = { enabled: false } as Replicas;

/**
 * The caches of a process without replicas.
 * @param megabytes as `PAGE_MEMORY_MB`; 0 to cache nothing
 */
export function sharedCaches({ sql, clock }: TestDatabase, megabytes: number): SharedCaches {
  return new SharedCaches(
    new PageChanges(sql, NO_REPLICAS, clock),
    clock,
    { PAGE_MEMORY_MB: megabytes } as Config,
    NO_REPLICAS,
    { add: () => undefined } as unknown as RequestMetrics,
  );
}

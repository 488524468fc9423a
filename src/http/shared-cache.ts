import { Injectable } from '@nestjs/common';
import { Clock, MINUTE } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Replicas } from '../kernel/replicas.js';
import { BoundedCache } from '../rendering/bounded-cache.js';
import { PageChanges, type PageScope } from './page-changes.js';
import { RequestMetrics } from './request-metrics.js';

interface Entry<V> {
  readonly value: V;
  readonly mark: number;
  readonly until: number;
}

/** A value to cache. */
export interface Cacheable<V> {
  readonly value: V;
  /** Approximate size in memory. */
  readonly bytes: number;
  /** Milliseconds since the epoch from which the value is wrong even if nothing changes. */
  readonly until?: number;
}

/** Much less than changes are remembered for. */
const LASTS = 15 * MINUTE;
/** Estimated bytes of a map entry with its key. */
const ENTRY_BYTES = 250;

/**
 * The newest change of what values depend on, as of one moment of a request. `Infinity` if nothing
 * can be cached.
 */
export type NewestChange = number;

/** Caches values that are the same for every reader, while nothing in them changes. */
export class SharedCache<V> {
  private readonly entries: BoundedCache<Entry<V>>;
  readonly counts = { reused: 0, read: 0, stale: 0 };
  private sweepAt = 0;

  constructor(
    private readonly changes: PageChanges,
    private readonly clock: Clock,
    maxBytes: number,
  ) {
    this.entries = new BoundedCache(maxBytes);
  }

  get bytes(): number {
    return this.entries.bytes;
  }

  /**
   * @param newest of every scope that the value depends on, from `SharedCaches`
   * @returns the value as of a time after `newest` was determined
   */
  async of(key: string, newest: NewestChange, read: () => Promise<Cacheable<V>>): Promise<V> {
    const entry = this.entries.get(key);
    if (entry !== undefined && newest < entry.mark && this.clock.ms() < entry.until) {
      this.counts.reused += 1;
      return entry.value;
    }
    if (entry !== undefined) this.counts.stale += 1;
    // Taken first: what changes meanwhile makes the value stale.
    const mark = newest === Infinity ? null : await this.changes.mark();
    const latest = this.clock.ms() + LASTS;
    const { value, bytes, until = Infinity } = await read();
    this.counts.read += 1;
    this.sweep();
    if (mark !== null)
      this.entries.set(key, { value, mark, until: Math.min(latest, until) }, bytes + ENTRY_BYTES);
    return value;
  }

  /** The value that was cached last, which may no longer be right. */
  known(key: string): V | undefined {
    return this.entries.get(key)?.value;
  }

  /** Deletes what is too old to be used, at most once a minute. */
  private sweep(): void {
    const now = this.clock.ms();
    if (now < this.sweepAt) return;
    this.sweepAt = now + MINUTE;
    this.entries.deleteIf(({ until }) => until <= now);
  }
}

/**
 * Opens caches of values that are the same for every reader, and whose changes triggers record.
 * Nothing is cached with replicas, which would have to be as new as what the reader has just
 * written, nor with `PAGE_MEMORY_MB=0`.
 */
@Injectable()
export class SharedCaches {
  constructor(
    private readonly changes: PageChanges,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly replicas: Replicas,
    private readonly metrics: RequestMetrics,
  ) {}

  get enabled(): boolean {
    return !this.replicas.enabled && this.config.PAGE_MEMORY_MB > 0;
  }

  /** @param name of the metric with its bytes and counts @param what its values, in the plural */
  open<V>(name: string, what: string, maxBytes: number): SharedCache<V> {
    const cache = new SharedCache<V>(this.changes, this.clock, maxBytes);
    this.metrics.add(
      name,
      `${what}: the bytes cached, and those that were reused, read, or stale`,
      () => ({ bytes: cache.bytes, ...cache.counts }),
    );
    return cache;
  }

  /** The newest change of some scopes, as of a time after the call. */
  async newest(scopes: readonly PageScope[]): Promise<NewestChange> {
    return this.enabled ? (await this.changes.newest(scopes)).newest : Infinity;
  }

  /**
   * The same with another read that shares its connection and its turn: a turn of its own would cost
   * as much as the read.
   */
  async newestWith<T>(
    scopes: readonly PageScope[],
    read: () => Promise<T>,
  ): Promise<[NewestChange, T]> {
    if (!this.enabled) return [Infinity, await read()];
    return Promise.all([
      this.newest(scopes),
      new Promise((resolve) => setImmediate(resolve)).then(read),
    ]);
  }
}

import { Injectable } from '@nestjs/common';
import { Clock, MINUTE } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Replicas } from '../kernel/replicas.js';
import { BoundedCache } from '../rendering/bounded-cache.js';
import { PageChanges, type PageScope } from './page-changes.js';
import { RequestMetrics } from './request-metrics.js';

interface Kept<V> {
  readonly value: V;
  readonly mark: number;
  readonly until: number;
}

/** A value to keep, with its approximate size in memory. */
export interface Keepable<V> {
  readonly value: V;
  readonly bytes: number;
}

/** Much less than changes are remembered for. */
const LASTS = 15 * MINUTE;
/** Estimated bytes of a map entry with its key. */
const ENTRY_BYTES = 250;

/**
 * The newest change of what values depend on, as of one moment of a request. `Infinity` if nothing
 * can be kept.
 */
export type NewestChange = number;

/** Values that are the same for every reader, kept while nothing in them changes. */
export class KeptReads<V> {
  private readonly kept: BoundedCache<Kept<V>>;
  readonly counts = { reused: 0, read: 0, stale: 0 };

  constructor(
    private readonly changes: PageChanges,
    private readonly clock: Clock,
    mostBytes: number,
  ) {
    this.kept = new BoundedCache(mostBytes);
  }

  get bytes(): number {
    return this.kept.bytes;
  }

  /**
   * @param newest of every scope that the value depends on, from `SharedReads.newest`
   * @param read reads the value; null if this reader's must not be kept
   * @returns the value as of a time after `newest` was determined
   */
  async of(
    key: string,
    newest: NewestChange,
    read: () => Promise<Keepable<V> | null>,
  ): Promise<V | null> {
    const kept = this.kept.get(key);
    if (kept !== undefined && newest < kept.mark && this.clock.ms() < kept.until) {
      this.counts.reused += 1;
      return kept.value;
    }
    if (kept !== undefined) this.counts.stale += 1;
    // Taken first: what changes meanwhile makes the value stale.
    const mark = newest === Infinity ? null : await this.changes.mark();
    const made = await read();
    this.counts.read += 1;
    if (made !== null && mark !== null) {
      const until = this.clock.ms() + LASTS;
      this.kept.set(key, { value: made.value, mark, until }, made.bytes + ENTRY_BYTES);
    }
    return made?.value ?? null;
  }
}

/**
 * Memory for reads that are the same for every reader, and that triggers record the changes of.
 * Not used with replicas, which would have to be as new as what the reader has just written, nor
 * with `PAGE_MEMORY_MB=0`.
 */
@Injectable()
export class SharedReads {
  constructor(
    private readonly changes: PageChanges,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly replicas: Replicas,
    private readonly metrics: RequestMetrics,
  ) {}

  /** @param name of the metric with its bytes and counts @param mostBytes the most it may take */
  open<V>(name: string, what: string, mostBytes: number): KeptReads<V> {
    const reads = new KeptReads<V>(this.changes, this.clock, mostBytes);
    this.metrics.add(name, `${what}: the bytes kept, and what was reused, read, or stale`, () => ({
      bytes: reads.bytes,
      ...reads.counts,
    }));
    return reads;
  }

  /**
   * The newest change of some scopes, with another read that shares its connection and its turn: a
   * turn of its own would cost as much as the read.
   */
  async newestWith<T>(
    scopes: readonly PageScope[],
    read: () => Promise<T>,
  ): Promise<[NewestChange, T]> {
    if (this.replicas.enabled || this.config.PAGE_MEMORY_MB === 0) return [Infinity, await read()];
    const [{ newest }, found] = await Promise.all([
      this.changes.newest(scopes),
      new Promise((resolve) => setImmediate(resolve)).then(read),
    ]);
    return [newest, found];
  }
}

import { Injectable } from '@nestjs/common';
import { SharedCaches, type NewestChange, type SharedCache } from '../../http/shared-cache.js';
import type { PageScope } from '../../http/page-changes.js';
import type { MaybeViewer } from '../../http/viewer.js';
import { Sql } from '../../kernel/sql.js';
import { hiddenIds } from '../core/strategies.queries.js';

const MAX_BYTES = 6 * 1_024 * 1_024;

/** What a reader's library is made of, as of one moment of a request. */
export interface LibraryState {
  newest: NewestChange;
  /** Ids of the strategies that the reader hid. */
  hidden: ReadonlySet<string>;
}

const NOTHING_HIDDEN: ReadonlySet<string> = new Set();

/**
 * Caches what the library shows to everybody while no strategy changes. Nothing about a reader is
 * cached: which strategies one hid is read for each request.
 */
@Injectable()
export class LibraryCache {
  private readonly cache: SharedCache<unknown>;

  constructor(
    private readonly caches: SharedCaches,
    private readonly sql: Sql,
  ) {
    this.cache = caches.open('library_cache', 'Parts of the strategy library', MAX_BYTES);
  }

  /** @param scopes that the request depends on besides the strategies themselves */
  async state(viewer: MaybeViewer, scopes: readonly PageScope[] = []): Promise<LibraryState> {
    const all: PageScope[] = ['strategies', ...scopes];
    const [newest, hidden] = await this.caches.newestWith(all, () => this.hiddenOf(viewer));
    return { newest, hidden };
  }

  /**
   * @param what a name for the kind of value, unique among the callers
   * @param facts everything that the value depends on besides the strategies
   * @param read reads the value @param bytes its approximate size in memory
   */
  async of<V>(
    { newest }: LibraryState,
    what: string,
    facts: readonly unknown[],
    read: () => Promise<V>,
    bytes: (value: V) => number,
  ): Promise<V> {
    const key = `${what} ${JSON.stringify(facts)}`;
    const cached = await this.cache.of(key, newest, async () => {
      const value = await read();
      return { value, bytes: bytes(value) };
    });
    return cached as V;
  }

  private async hiddenOf(viewer: MaybeViewer): Promise<ReadonlySet<string>> {
    if (viewer === null) return NOTHING_HIDDEN;
    const rows = await this.sql.rows(hiddenIds, { viewerId: viewer.memberId });
    return rows.length === 0 ? NOTHING_HIDDEN : new Set(rows.map(({ id }) => id));
  }
}

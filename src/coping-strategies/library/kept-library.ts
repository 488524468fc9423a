import { Injectable } from '@nestjs/common';
import type { KeptReads, NewestChange } from '../../http/kept-reads.js';
import { SharedReads } from '../../http/kept-reads.js';
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
 * What the library shows to everybody, kept in memory while no strategy changes. Nothing about a
 * reader is kept: which strategies one hid is read for each request.
 */
@Injectable()
export class KeptLibrary {
  private readonly kept: KeptReads<unknown>;

  constructor(
    private readonly shared: SharedReads,
    private readonly sql: Sql,
  ) {
    this.kept = shared.open('kept_library', 'Lists and facts of the strategy library', MAX_BYTES);
  }

  /** @param scopes that the request depends on besides the strategies themselves */
  async state(viewer: MaybeViewer, scopes: readonly PageScope[] = []): Promise<LibraryState> {
    const all: PageScope[] = ['strategies', ...scopes];
    const [newest, hidden] = await this.shared.newestWith(all, () => this.hiddenOf(viewer));
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
    const value = await this.kept.of(key, newest, async () => {
      const made = await read();
      return { value: made, bytes: bytes(made) };
    });
    return value as V;
  }

  private async hiddenOf(viewer: MaybeViewer): Promise<ReadonlySet<string>> {
    if (viewer === null) return NOTHING_HIDDEN;
    const rows = await this.sql.rows(hiddenIds, { viewerId: viewer.memberId });
    return rows.length === 0 ? NOTHING_HIDDEN : new Set(rows.map(({ id }) => id));
  }
}

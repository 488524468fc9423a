import { Injectable } from '@nestjs/common';
import { PageChanges } from '../http/page-changes.js';
import { RequestMetrics } from '../http/request-metrics.js';
import { isSuspended, type MaybeViewer } from '../http/viewer.js';
import { Clock, DAY, later, MINUTE } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Replicas } from '../kernel/replicas.js';
import { Sql } from '../kernel/sql.js';
import { BoundedCache } from '../rendering/bounded-cache.js';
import { recentThreads, type RecentThreadRow } from './recent-threads.queries.js';

export { RECENT_OF_EACH, type RecentThreadRow } from './recent-threads.queries.js';

/** How far back threads wait for a reply. */
export const WAITING_PERIOD = 30 * DAY;

/** Lists of a community's threads. Which rows a reader is shown is decided for each reader. */
export interface RecentThreads {
  /** By their newest post, one more than a page. */
  readonly active: readonly RecentThreadRow[];
  readonly pinned: readonly RecentThreadRow[];
  /** Without a reply, longest waiting first. */
  readonly waiting: readonly RecentThreadRow[];
}

interface Kept {
  readonly threads: RecentThreads;
  readonly mark: number;
  readonly until: number;
}

const MAX_BYTES = 4 * 1_024 * 1_024;
/** Estimated bytes of a row beside its title. */
const ROW_BYTES = 900;
/** Much less than changes are remembered for. */
const LASTS = 15 * MINUTE;

/**
 * Keeps the lists of communities' threads in memory while nothing in them changes, as triggers
 * record it for public pages. They contain nothing about a reader, so they are for readers who
 * filter nothing; for others, the database decides what is listed.
 */
@Injectable()
export class RecentThreadLists {
  private readonly kept = new BoundedCache<Kept>(MAX_BYTES);
  readonly counts = { reused: 0, read: 0, stale: 0 };

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly changes: PageChanges,
    private readonly config: Config,
    private readonly replicas: Replicas,
    metrics: RequestMetrics,
  ) {
    metrics.add(
      'thread_lists',
      "Lists of communities' threads: the bytes kept, and lists that were reused, read, or stale",
      () => ({ bytes: this.kept.bytes, ...this.counts }),
    );
  }

  /**
   * Whether the lists can be used for a viewer. Not with replicas, which would have to be as new as
   * what the viewer has just written.
   */
  areFor(viewer: MaybeViewer): boolean {
    const filters = viewer !== null && (viewer.hasFilters || isSuspended(viewer));
    return !filters && !this.replicas.enabled && this.config.PAGE_MEMORY_MB > 0;
  }

  /** The lists of a community as of a time after the call. */
  async of(communityId: string): Promise<RecentThreads> {
    const kept = this.kept.get(communityId);
    if (kept !== undefined) {
      if (await this.isTrue(kept, communityId)) {
        this.counts.reused += 1;
        return kept.threads;
      }
      this.counts.stale += 1;
    }
    return this.read(communityId);
  }

  private async isTrue(kept: Kept, communityId: string): Promise<boolean> {
    if (kept.until <= this.clock.ms()) return false;
    const { newest } = await this.changes.newest([`community:${communityId}`, 'people']);
    return newest < kept.mark;
  }

  private async read(communityId: string): Promise<RecentThreads> {
    // Taken first: what changes meanwhile makes the lists stale.
    const mark = await this.changes.mark();
    const now = this.clock.ms();
    const since = later(this.clock.now(), -WAITING_PERIOD);
    const rows = await this.sql.rows(recentThreads, { communityId, since });
    this.counts.read += 1;
    const listed = (name: string): RecentThreadRow[] => rows.filter(({ list }) => list === name);
    const waiting = listed('waiting');
    const threads = { active: listed('active').reverse(), pinned: listed('pinned'), waiting };
    const bytes = rows.reduce((sum, { title }) => sum + ROW_BYTES + 2 * title.length, ROW_BYTES);
    // The first that waits is the first to be too old.
    const tooOld = (waiting[0]?.createdAt.getTime() ?? Infinity) + WAITING_PERIOD;
    this.kept.set(communityId, { threads, mark, until: Math.min(now + LASTS, tooOld) }, bytes);
    return threads;
  }
}

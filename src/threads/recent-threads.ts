import { Injectable } from '@nestjs/common';
import { listScopes } from '../communities/community-overviews.js';
import {
  SharedCaches,
  type Cacheable,
  type NewestChange,
  type SharedCache,
} from '../http/shared-cache.js';
import { isSuspended, type MaybeViewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { ITEM_BYTES } from './thread-items.js';
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

const MAX_BYTES = 8 * 1_024 * 1_024;
/** Estimated bytes of a row beside its title, with what is rendered of it. */
const ROW_BYTES = 900 + ITEM_BYTES;

/**
 * Keeps the lists of communities' threads in memory while nothing in them changes, as triggers
 * record it for public pages. They contain nothing about a reader, so they are for readers who
 * filter nothing; for others, the database decides what is listed.
 */
@Injectable()
export class RecentThreadLists {
  private readonly lists: SharedCache<RecentThreads>;

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly caches: SharedCaches,
  ) {
    this.lists = caches.open('thread_lists', "Lists of communities' threads", MAX_BYTES);
  }

  get counts(): Readonly<SharedCache<RecentThreads>['counts']> {
    return this.lists.counts;
  }

  /** Whether the lists can be used for a viewer. */
  areFor(viewer: MaybeViewer): boolean {
    const filters = viewer !== null && (viewer.hasFilters || isSuspended(viewer));
    return !filters && this.caches.enabled;
  }

  /**
   * The lists of a community as of a time after the call.
   * @param newest change of what they depend on, as of this request, if it was determined already
   */
  async of(communityId: string, newest?: NewestChange): Promise<RecentThreads> {
    const change = newest ?? (await this.caches.newest(listScopes(communityId)));
    return this.lists.of(communityId, change, () => this.read(communityId));
  }

  private async read(communityId: string): Promise<Cacheable<RecentThreads>> {
    const since = later(this.clock.now(), -WAITING_PERIOD);
    const rows = await this.sql.rows(recentThreads, { communityId, since });
    const listed = (name: string): RecentThreadRow[] => rows.filter(({ list }) => list === name);
    const waiting = listed('waiting');
    return {
      value: { active: listed('active').reverse(), pinned: listed('pinned'), waiting },
      bytes: rows.reduce((sum, { title }) => sum + ROW_BYTES + 2 * title.length, ROW_BYTES),
      // The first that waits is the first to be too old.
      until: (waiting[0]?.createdAt.getTime() ?? Infinity) + WAITING_PERIOD,
    };
  }
}

import { Injectable } from '@nestjs/common';
import { SharedCaches, type Cacheable, type SharedCache } from '../http/shared-cache.js';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { Clock, MINUTE } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { matchingThreads, type MatchingThreads } from './matching-threads.queries.js';
import type { MatchMode } from './search-query.js';
import {
  foundThreads,
  readableCommunities,
  type FoundThread,
  type ReadableCommunities,
} from './thread-search.queries.js';

/** What threads are searched for. */
export interface ThreadSearchOptions {
  query: string;
  strictness: MatchMode;
  /** Slug of one community, or '' for all. */
  community?: string;
  /** A tsquery of labels that every match must have, or ''. */
  labels?: string;
  /** The earliest activity; null for any. */
  since?: Date | null;
  offset?: number;
  limit: number;
  /** Whether what matches may be kept for others: not for the words of an unfinished text. */
  shared?: boolean;
}

/** What matches a query, with the excerpts that were made of it. */
interface Matches extends MatchingThreads {
  /** Excerpts of posts by their id. */
  readonly excerpts: Map<string, string>;
}

/** Recent activity weighs more: what is kept is ranked as of so long ago. */
const LASTS = 5 * MINUTE;
const MAX_BYTES = 6 * 1_024 * 1_024;
/** Maximum number of excerpts of a query in memory, and the estimated bytes of the usual number. */
const MAX_EXCERPTS = 20;
const EXCERPT_BYTES = 8_000;

/**
 * Searches the threads that the viewer may read. What matches the words of a query is the same for
 * all who may read the same communities, and is kept in memory for five minutes while no post
 * changes; what a viewer may see of it is read for each search.
 */
@Injectable()
export class ThreadSearch {
  private readonly matches: SharedCache<Matches>;

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly caches: SharedCaches,
  ) {
    this.matches = caches.open('search_matches', 'Matches of searches', MAX_BYTES);
  }

  get bytes(): number {
    return this.matches.bytes;
  }

  get counts(): Readonly<SharedCache<Matches>['counts']> {
    return this.matches.counts;
  }

  async find(viewer: MaybeViewer, options: ThreadSearchOptions): Promise<FoundThread[]> {
    const viewerId = viewer?.memberId ?? null;
    const { since = null, offset = 0, limit, community = '' } = options;
    const read = (): Promise<ReadableCommunities | null> =>
      this.sql.first(readableCommunities, {
        memberId: viewer?.suspendedUntil == null ? viewerId : null,
        isStaff: isStaff(viewer),
        community,
      });
    const [newest, readable] =
      options.shared === true
        ? await this.caches.newestWith(['words'], read)
        : [Infinity, await read()];
    const { communities, languages } = readable ?? {};
    if (communities == null || languages == null) return [];
    const places = { communities, languages };
    const key = JSON.stringify([options.query, options.strictness, options.labels, places]);
    const matches = await this.matches.of(key, newest, () => this.match(options, places));
    const { words, threads, posts, excerpts } = matches;
    if (words === null || threads === null || posts === null) return [];
    const rows = await this.sql.rows(foundThreads, {
      viewerId,
      communities,
      words,
      threads,
      posts,
      excerpted: `{${[...excerpts.keys()].join(',')}}`,
      since,
      offset,
      limit,
    });
    return rows.map((row) => ({ ...row, excerpt: excerptOf(row, excerpts) }));
  }

  private async match(
    { query, strictness, labels = '' }: ThreadSearchOptions,
    places: { communities: string; languages: string },
  ): Promise<Cacheable<Matches>> {
    const now = this.clock.now();
    const row = await this.sql.first(matchingThreads[strictness], {
      query,
      labels,
      now,
      ...places,
    });
    const { words = null, threads = null, posts = null } = row ?? {};
    const length = query.length + (threads?.length ?? 0) + (posts?.length ?? 0);
    return {
      value: { words, threads, posts, excerpts: new Map() },
      bytes: length + EXCERPT_BYTES,
      until: this.clock.ms() + LASTS,
    };
  }
}

/** The excerpt of a result, which is kept for others. */
function excerptOf({ postId, excerpt }: FoundThread, excerpts: Map<string, string>): string | null {
  if (excerpt === null) return null;
  const known = excerpts.get(postId);
  if (known !== undefined) return known;
  if (excerpts.size < MAX_EXCERPTS) excerpts.set(postId, excerpt);
  return excerpt;
}

import { Injectable } from '@nestjs/common';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { CachedAnswer } from '../kernel/cached-answer.js';
import { Clock, MINUTE } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { commonWords } from './common-words.js';
import type { MatchMode } from './search-query.js';
import { threadSearch, type FoundThread } from './thread-search.queries.js';

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
}

/** Searches the threads that the viewer may read. */
@Injectable()
export class ThreadSearch {
  // Statistics change slowly, and say only how to search, not what is found.
  private readonly common = new CachedAnswer<readonly string[]>(10 * MINUTE);

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async find(
    viewer: MaybeViewer,
    {
      query,
      strictness,
      community = '',
      labels = '',
      since = null,
      offset = 0,
      limit,
    }: ThreadSearchOptions,
  ): Promise<FoundThread[]> {
    const now = this.clock.now();
    const viewerId = viewer?.memberId ?? null;
    const common = await this.common.get(now, async () => {
      const row = await this.sql.first(commonWords);
      return row?.words ?? [];
    });
    return this.sql.rows(threadSearch[strictness], {
      viewerId,
      isStaff: isStaff(viewer),
      memberId: viewer?.suspendedUntil == null ? viewerId : null,
      query,
      community,
      labels,
      since,
      offset,
      limit,
      now,
      common,
    });
  }
}

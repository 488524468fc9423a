import { Injectable } from '@nestjs/common';
import { canRead, type AccessibleCommunity } from '../communities/community-access.js';
import { about } from '../communities/communities.queries.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { CommunityPageFacts, CommunityPageQuery } from './community-page.view.js';
import { pinnedThreads, THREADS_A_PAGE, type ThreadRow } from './thread-list.queries.js';
import { threadsOf } from './thread-lists.js';

/** Reads what the page of a community shows, in at most four queries whatever its size. */
@Injectable()
export class CommunityPage {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** Somebody who may not read the threads gets none. */
  async read(
    viewer: MaybeViewer,
    community: AccessibleCommunity,
    query: CommunityPageQuery,
  ): Promise<CommunityPageFacts> {
    const now = this.clock.now();
    const list = { communityId: community.id, viewerId: viewer?.memberId ?? null };
    const readable = canRead(viewer, community);
    const [[row], threads, pinned] = await Promise.all([
      this.sql.rows(about, { ...list, now }),
      readable ? threadsOf(this.sql, { ...list, ...query }, THREADS_A_PAGE + 1) : [],
      readable && isFirstPage(query) ? this.pinned(list) : [],
    ]);
    if (row === undefined) throw new NotFound();
    return { viewer, community, about: row, readable, pinned, threads, query, now };
  }

  private pinned(list: { communityId: string; viewerId: string | null }): Promise<ThreadRow[]> {
    return this.sql.rows(pinnedThreads, list);
  }
}

// Pinned threads head the whole list, and no selection from it.
function isFirstPage({ after, sort, topic }: CommunityPageQuery): boolean {
  return after === undefined && sort !== 'unanswered' && topic === null;
}

import { Injectable } from '@nestjs/common';
import { canRead, type AccessibleCommunity } from '../communities/community-access.js';
import { communityAbout } from '../communities/communities.queries.js';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { CommunityPageFacts, CommunityPageQuery } from './community-page.view.js';
import { RecentThreadLists } from './recent-threads.js';
import { pinnedThreads, THREADS_PER_PAGE } from './thread-list.queries.js';
import { threadsOf } from './thread-lists.js';

type Lists = Pick<CommunityPageFacts, 'threads' | 'pinned'>;

/** Loads the data of a community's page, with at most four queries whatever its size. */
@Injectable()
export class CommunityPage {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly recent: RecentThreadLists,
  ) {}

  /** Returns no threads if the viewer may not read them. */
  async read(
    viewer: MaybeViewer,
    community: AccessibleCommunity,
    query: CommunityPageQuery,
  ): Promise<CommunityPageFacts> {
    const now = this.clock.now();
    const list = { communityId: community.id, viewerId: viewer?.memberId ?? null };
    const readable = canRead(viewer, community);
    const [[row], lists] = await Promise.all([
      this.sql.rows(communityAbout, { ...list, now }),
      readable ? this.threads(viewer, community, query) : { threads: [], pinned: [] },
    ]);
    if (row === undefined) throw new NotFound();
    return { viewer, community, about: row, readable, ...lists, query, now };
  }

  private async threads(
    viewer: MaybeViewer,
    community: AccessibleCommunity,
    query: CommunityPageQuery,
  ): Promise<Lists> {
    const first = isFirstPage(query);
    if (first && query.sort === 'active' && this.recent.areFor(viewer)) {
      const { active, pinned } = await this.recent.of(community.id);
      const amongMembers = community.role !== null || isStaff(viewer);
      if (amongMembers || ![...active, ...pinned].some((row) => row.membersOnly))
        return { threads: active, pinned };
    }
    const list = { communityId: community.id, viewerId: viewer?.memberId ?? null };
    const [threads, pinned] = await Promise.all([
      threadsOf(this.sql, { ...list, ...query }, THREADS_PER_PAGE + 1),
      first ? this.sql.rows(pinnedThreads, list) : [],
    ]);
    return { threads, pinned };
  }
}

// Pinned threads come first in the full list only, not in filtered ones.
function isFirstPage({ after, sort, topic }: CommunityPageQuery): boolean {
  return after === undefined && sort !== 'unanswered' && topic === null;
}

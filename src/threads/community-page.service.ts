import { Injectable } from '@nestjs/common';
import { canRead, type AccessibleCommunity } from '../communities/community-access.js';
import { CommunityOverviews } from '../communities/community-overviews.js';
import type { NewestChange } from '../http/shared-cache.js';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import type { CommunityPageFacts, CommunityPageQuery } from './community-page.view.js';
import { RecentThreadLists } from './recent-threads.js';
import { ThreadItems } from './thread-items.js';
import { pinnedThreads, THREADS_PER_PAGE } from './thread-list.queries.js';
import { threadsOf } from './thread-lists.js';

type Lists = Pick<CommunityPageFacts, 'threads' | 'pinned' | 'items'>;

/** Loads the data of a community's page, with a fixed number of queries whatever its size. */
@Injectable()
export class CommunityPage {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly recent: RecentThreadLists,
    private readonly overviews: CommunityOverviews,
    private readonly items: ThreadItems,
  ) {}

  /**
   * Contains no threads if the viewer may not read them.
   * @param asked a topic that the community does not have is ignored
   * @throws NotFound for an unknown slug
   */
  async read(
    viewer: MaybeViewer,
    slug: string,
    asked: CommunityPageQuery,
  ): Promise<CommunityPageFacts> {
    const now = this.clock.now();
    const { community, newest } = await this.overviews.load(viewer, slug);
    const topic = community.topics.find((known) => known === asked.topic) ?? null;
    const query = { ...asked, topic };
    const readable = canRead(viewer, community);
    const lists = readable
      ? await this.threads(viewer, community, query, newest)
      : { threads: [], pinned: [], items: null };
    return { viewer, community, about: community, readable, ...lists, query, now };
  }

  /**
   * The lists of a community whose threads the viewer may read.
   * @param newest see `LoadedOverview`
   */
  async threads(
    viewer: MaybeViewer,
    community: AccessibleCommunity,
    query: CommunityPageQuery,
    newest?: NewestChange,
  ): Promise<Lists> {
    const first = isFirstPage(query);
    if (first && query.sort === 'active' && this.recent.areFor(viewer)) {
      const { active, pinned } = await this.recent.of(community.id, newest);
      const amongMembers = community.role !== null || isStaff(viewer);
      if (amongMembers || ![...active, ...pinned].some((row) => row.membersOnly))
        return { threads: active, pinned, items: this.items };
    }
    const list = { communityId: community.id, viewerId: viewer?.memberId ?? null };
    const [threads, pinned] = await Promise.all([
      threadsOf(this.sql, { ...list, ...query }, THREADS_PER_PAGE + 1),
      first ? this.sql.rows(pinnedThreads, list) : [],
    ]);
    return { threads, pinned, items: null };
  }
}

// Pinned threads come first in the full list only, not in filtered ones.
function isFirstPage({ after, sort, topic }: CommunityPageQuery): boolean {
  return after === undefined && sort !== 'unanswered' && topic === null;
}

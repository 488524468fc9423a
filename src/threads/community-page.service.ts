import { Injectable } from '@nestjs/common';
import { canRead, type AccessibleCommunity } from '../communities/community-access.js';
import { communityAbout } from '../communities/communities.queries.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { CommunityPageFacts, CommunityPageQuery } from './community-page.view.js';
import { pinnedThreads, THREADS_PER_PAGE, type ThreadRow } from './thread-list.queries.js';
import { threadsOf } from './thread-lists.js';

/** Loads the data of a community's page, with at most four queries whatever its size. */
@Injectable()
export class CommunityPage {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
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
    const [[row], threads, pinned] = await Promise.all([
      this.sql.rows(communityAbout, { ...list, now }),
      readable ? threadsOf(this.sql, { ...list, ...query }, THREADS_PER_PAGE + 1) : [],
      readable && isFirstPage(query) ? this.pinned(list) : [],
    ]);
    if (row === undefined) throw new NotFound();
    return { viewer, community, about: row, readable, pinned, threads, query, now };
  }

  private pinned(list: { communityId: string; viewerId: string | null }): Promise<ThreadRow[]> {
    return this.sql.rows(pinnedThreads, list);
  }
}

// Pinned threads come first in the full list only, not in filtered ones.
function isFirstPage({ after, sort, topic }: CommunityPageQuery): boolean {
  return after === undefined && sort !== 'unanswered' && topic === null;
}

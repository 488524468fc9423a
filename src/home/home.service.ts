import { Injectable } from '@nestjs/common';
import type { DirectoryRow } from '../communities/communities.queries.js';
import { CommunityDirectory } from '../communities/community-directory.service.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, later } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { AuthorCards } from '../posts/author-cards.service.js';
import { CARE_PERIOD } from '../review/after-care.js';
import { RecentThreadLists, WAITING_PERIOD } from '../threads/recent-threads.js';
import { ThreadItems } from '../threads/thread-items.js';
import { homeThreads, type HomeThreads } from './home-threads.js';
import {
  firstToolkitItems,
  MAX_OWN_COMMUNITIES,
  newThreads,
  ownCommunities,
  ownPostsInCare,
  unansweredThreads,
  type OwnCommunityRow,
} from './home.queries.js';
import type { HomeFacts } from './home.view.js';

/** Number of public communities shown to guests. */
const GUEST_COMMUNITIES = 6;

/** Loads the data of the home page. */
@Injectable()
export class Home {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly cards: AuthorCards,
    private readonly directory: CommunityDirectory,
    private readonly recent: RecentThreadLists,
    private readonly items: ThreadItems,
  ) {}

  /** The first public communities by name. */
  forGuest(): Promise<DirectoryRow[]> {
    const filter = { text: '', difficulty: '', situation: '', format: '', language: '' };
    return this.directory.list(null, { ...filter, visibility: 'public' }, GUEST_COMMUNITIES);
  }

  async forMember(viewer: Viewer): Promise<HomeFacts> {
    const viewerId = viewer.memberId;
    const since = later(this.clock.now(), -CARE_PERIOD);
    const personal = Promise.all([
      this.sql.rows(ownCommunities, { viewerId }),
      this.sql.rows(ownPostsInCare, { viewerId, since }),
      this.sql.rows(firstToolkitItems, { viewerId }),
    ]);
    const [[communities, own, toolkit], read] = await Promise.all([
      personal,
      this.recent.areFor(viewer) ? null : this.threadsFor(viewerId),
    ]);
    const threads = read ?? (await this.recentThreads(viewerId, communities));
    // Further queries only for members beside whose posts help is still shown.
    const cared = own.find((row) => row.cared);
    const care = cared === undefined ? null : await this.cards.after(viewerId, cared.id);
    const open = communities.filter(({ archived }) => !archived);
    return { viewer, ...threads, communities: open, own, toolkit, care };
  }

  private async threadsFor(viewerId: string): Promise<HomeThreads> {
    const since = later(this.clock.now(), -WAITING_PERIOD);
    const [unanswered, fresh] = await Promise.all([
      this.sql.rows(unansweredThreads, { viewerId, since }),
      this.sql.rows(newThreads, { viewerId }),
    ]);
    return { unanswered, fresh, items: null };
  }

  /** The same for a member who filters nothing, from the lists of their communities. */
  private async recentThreads(
    viewerId: string,
    communities: readonly OwnCommunityRow[],
  ): Promise<HomeThreads> {
    if (communities.length === MAX_OWN_COMMUNITIES) return this.threadsFor(viewerId);
    const joined = communities.filter(({ visiting }) => !visiting);
    const lists = await Promise.all(joined.map(({ id }) => this.recent.of(id)));
    return { ...homeThreads(viewerId, lists), items: this.items };
  }
}

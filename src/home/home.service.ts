import { Injectable } from '@nestjs/common';
import type { DirectoryRow } from '../communities/communities.queries.js';
import { CommunityDirectory } from '../communities/community-directory.service.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { AuthorCards } from '../posts/author-cards.service.js';
import { CARE_PERIOD } from '../review/after-care.js';
import {
  firstToolkitItems,
  newThreads,
  ownCommunities,
  ownPostsInCare,
  unansweredThreads,
} from './home.queries.js';
import type { HomeFacts } from './home.view.js';

/** Number of public communities shown to guests. */
const GUEST_COMMUNITIES = 6;
const MONTH = 30 * DAY;

/** Loads the data of the home page. */
@Injectable()
export class Home {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly cards: AuthorCards,
    private readonly directory: CommunityDirectory,
  ) {}

  /** The first public communities by name. */
  forGuest(): Promise<DirectoryRow[]> {
    const filter = { text: '', difficulty: '', situation: '', format: '', language: '' };
    return this.directory.list(null, { ...filter, visibility: 'public' }, GUEST_COMMUNITIES);
  }

  async forMember(viewer: Viewer): Promise<HomeFacts> {
    const now = this.clock.now();
    const viewerId = viewer.memberId;
    const [unanswered, fresh, communities, own, toolkit] = await Promise.all([
      this.sql.rows(unansweredThreads, { viewerId, since: later(now, -MONTH) }),
      this.sql.rows(newThreads, { viewerId }),
      this.sql.rows(ownCommunities, { viewerId }),
      this.sql.rows(ownPostsInCare, { viewerId, since: later(now, -CARE_PERIOD) }),
      this.sql.rows(firstToolkitItems, { viewerId }),
    ]);
    // Further queries only for members beside whose posts help is still shown.
    const cared = own.find((row) => row.cared);
    const care = cared === undefined ? null : await this.cards.after(viewerId, cared.id);
    return { viewer, unanswered, fresh, communities, own, toolkit, care };
  }
}

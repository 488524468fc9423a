import { Injectable } from '@nestjs/common';
import { directory, type DirectoryRow } from '../communities/communities.queries.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { AuthorCards } from '../posts/author-cards.service.js';
import { CARE_STAYS } from '../review/after-care.js';
import {
  firstToolkitItems,
  newThreads,
  ownCommunities,
  ownPostsInCare,
  unansweredThreads,
} from './home.queries.js';
import type { HomeFacts } from './home.view.js';

/** Number of open communities that guests see. */
const GUEST_COMMUNITIES = 6;
const MONTH = 30 * DAY;

/** Reads what the home page shows. */
@Injectable()
export class Home {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly cards: AuthorCards,
  ) {}

  /** A selection of public communities. */
  async forGuest(): Promise<DirectoryRow[]> {
    const now = this.clock.now();
    const rows = await this.sql.rows(directory, {
      viewerId: null,
      textToFind: '',
      since: later(now, -DAY),
      sinceWeek: later(now, -7 * DAY),
      sinceMonth: later(now, -MONTH),
      difficulty: '',
      situation: '',
      language: '',
      visibility: '',
    });
    return rows.filter((row) => row.visibility === 'public').slice(0, GUEST_COMMUNITIES);
  }

  async forMember(viewer: Viewer): Promise<HomeFacts> {
    const now = this.clock.now();
    const viewerId = viewer.memberId;
    const [unanswered, fresh, communities, own, toolkit] = [
      await this.sql.rows(unansweredThreads, { viewerId, since: later(now, -MONTH) }),
      await this.sql.rows(newThreads, { viewerId }),
      await this.sql.rows(ownCommunities, { viewerId }),
      await this.sql.rows(ownPostsInCare, { viewerId, since: later(now, -CARE_STAYS) }),
      await this.sql.rows(firstToolkitItems, { viewerId }),
    ];
    // Further queries only for members beside whose posts help stays.
    const cared = own.find((row) => row.cared);
    const care = cared === undefined ? null : await this.cards.after(viewerId, cared.id);
    return { viewer, unanswered, fresh, communities, own, toolkit, care };
  }
}

import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { VisitWeekFacts } from './visit-week.view.js';
import { visitedCommunity, visitedThreads } from './visits.queries.js';

/** Loads the page about the first week of a visit. */
@Injectable()
export class VisitWeek {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound if the viewer neither visits the community nor has joined it */
  async read(viewer: Viewer, communityId: string): Promise<VisitWeekFacts> {
    const viewerId = viewer.memberId;
    const community = await this.sql.first(visitedCommunity, { communityId, viewerId });
    if (community === null) throw new NotFound();
    const since = later(this.clock.now(), -7 * DAY);
    const threads = await this.sql.rows(visitedThreads, { communityId, viewerId, since });
    return { community, threads };
  }
}

import { Injectable } from '@nestjs/common';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Clock, SECOND } from '../../kernel/clock.js';
import { Sql } from '../../kernel/sql.js';
import { Screening } from '../../triage/screening.js';
import type { Exposure } from '../core/exposure.js';
import { Exposures } from '../core/exposure.service.js';
import type { HandoverRow } from '../on-call/shifts.queries.js';
import { Shifts } from '../on-call/shifts.service.js';
import { cursorOf, isFiltered, readCursor, type QueueFilter } from './queue-address.js';
import { queueFacts, type QueueFacts } from './queue-facts.queries.js';
import {
  closedCases,
  nextCase,
  openCases,
  type QueueQuery,
  type QueueRow,
} from './queue.queries.js';

export const CASES_PER_PAGE = 30;

export interface QueuePage {
  now: Date;
  filter: QueueFilter;
  /** Null if the viewer moderates nothing that has a case. */
  facts: QueueFacts | null;
  cases: QueueRow[];
  /** The cursor of the next page; null on the last one. */
  next: string | null;
  /** Whether this is not the first page. */
  continued: boolean;
  screening: Awaited<ReturnType<Screening['state']>>;
  exposure: Exposure;
  handovers: HandoverRow[];
}

/** The cases that wait for moderators, in reading order. */
@Injectable()
export class Queue {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly screening: Screening,
    private readonly exposures: Exposures,
    private readonly shifts: Shifts,
  ) {}

  /**
   * Loads a page in a fixed number of queries, whatever the length of the queue.
   * @param after cursor of the previous page; undefined for the first page
   */
  async page(viewer: Viewer, filter: QueueFilter, after: string | undefined): Promise<QueuePage> {
    const now = this.clock.now();
    const cursor = readCursor(after, filter.state, now.getTime());
    const reader = readerOf(viewer);
    const query = {
      ...filterParams(viewer, filter, new Date(cursor.asOf)),
      rank: cursor.rank,
      id: cursor.id,
      limit: CASES_PER_PAGE + 1,
    };
    const [rows, facts, screening, exposure, handovers] = await Promise.all([
      filter.state === 'open'
        ? this.sql.rows(statementOf(viewer, filter), { ...query, band: cursor.band })
        : this.sql.rows(closedCases, query),
      this.sql.first(queueFacts[kindOf(viewer)], { ...reader, now }),
      this.screening.state(),
      this.exposures.of(viewer.memberId, now),
      this.shifts.handovers(viewer),
    ]);
    const cases = rows.slice(0, CASES_PER_PAGE);
    const last = cases.at(-1);
    return {
      now,
      filter,
      facts,
      cases,
      next: rows.length > CASES_PER_PAGE && last !== undefined ? cursorOf(last, cursor.asOf) : null,
      continued: after !== undefined,
      screening,
      exposure,
      handovers,
    };
  }

  /** @returns the id of the first open case that the viewer may decide; null if there is none */
  async next(viewer: Viewer, filter: QueueFilter): Promise<string | null> {
    const row = await this.sql.first(nextCase, filterParams(viewer, filter, this.clock.now()));
    return row?.id ?? null;
  }
}

function statementOf(viewer: Viewer, filter: QueueFilter): typeof openCases.staff.all {
  return openCases[kindOf(viewer)][isFiltered(filter) ? 'filtered' : 'all'];
}

function kindOf(viewer: Viewer): keyof typeof openCases {
  return isStaff(viewer) ? 'staff' : 'moderator';
}

function readerOf(viewer: Viewer): { viewerId: string; isStaff: boolean } {
  return { viewerId: viewer.memberId, isStaff: isStaff(viewer) };
}

function filterParams(
  viewer: Viewer,
  filter: QueueFilter,
  now: Date,
): Omit<QueueQuery, 'band' | 'rank' | 'id' | 'limit'> {
  return {
    ...readerOf(viewer),
    now,
    seconds: now.getTime() / SECOND,
    tier: filter.tier,
    source: filter.reason,
    community: filter.community,
    mine: filter.mine,
    overdue: filter.due,
  };
}

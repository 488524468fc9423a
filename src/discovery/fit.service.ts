import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';
import { COMPUTE_FIT, COMPUTE_NEIGHBOURS } from './fit.queries.js';

/** Long enough to smooth out a quiet week, short enough to be current. */
const WINDOW = 90 * DAY;
/**
 * Minimum community size for figures: in smaller ones they could identify members, and would vary
 * with each of them.
 */
export const LEAST_MEMBERS = 20;
export const LEAST_THREADS = 10;
/**
 * Minimum number of shared members for two communities to be neighbours: fewer could identify a
 * member.
 */
export const LEAST_SHARED = 10;
const NEIGHBOURS = 5;
/** Minimum share of threads with a content note for showing it as usual. */
const USUAL_SHARE = 0.1;

/** Computes the figures and neighbours of all communities nightly, in set-based statements. */
@Injectable()
export class Fit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Idempotent. */
  async compute(): Promise<void> {
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      await executeIn(tx, `set local work_mem = '64MB'`);
      await executeIn(tx, COMPUTE_FIT, {
        from: later(now, -WINDOW),
        until: later(now, -DAY),
        now,
        leastMembers: LEAST_MEMBERS,
        leastThreads: LEAST_THREADS,
        usual: USUAL_SHARE,
      });
      // Rows that were not recomputed belong to communities that are now archived or too small.
      await executeIn(tx, 'delete from community_fit where computed_at <> :now', { now });
      await executeIn(tx, 'delete from community_neighbours');
      await executeIn(tx, COMPUTE_NEIGHBOURS, {
        leastShared: LEAST_SHARED,
        leastMembers: LEAST_MEMBERS,
        neighbours: NEIGHBOURS,
      });
    });
  }
}

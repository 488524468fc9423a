import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';
import { COMPUTE_FIT, COMPUTE_NEIGHBOURS } from './fit.queries.js';

/** Long enough to even out a quiet week, short enough to describe the community today. */
const WINDOW = 90 * DAY;
/** Smaller communities have no figures: they would identify members, and change with each one. */
export const LEAST_MEMBERS = 20;
export const LEAST_THREADS = 10;
/** Shared members from which two communities are neighbours: fewer could identify a member. */
export const LEAST_SHARED = 10;
const NEIGHBOURS = 5;
/** Share of threads with a content note, from which the community shows it. */
const USUAL_SHARE = 0.1;

/** Computes the figures and the neighbours of every community, as sets, every night. */
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
      // Communities that were not computed again are too small by now, or archived.
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

import { Injectable } from '@nestjs/common';
import { HelplineStore } from '../helplines/helpline-store.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { describeError, Logger } from '../kernel/logger.js';
import { Sql } from '../kernel/sql.js';
import { Queues } from '../queue/queues.js';
import { overviewCounts, type OverviewRow } from './overview.queries.js';

export interface Overview extends OverviewRow {
  /** Null while the queues are unreachable. */
  failedJobs: number | null;
  helplinesDue: number;
}

/** The administrators' start page: overall counts and open tasks. */
@Injectable()
export class AdministrationOverview {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly queues: Queues,
    private readonly helplines: HelplineStore,
    private readonly logger: Logger,
  ) {}

  async now(): Promise<Overview> {
    const now = this.clock.now();
    const [row, failedJobs, helplinesDue] = await Promise.all([
      this.sql.first(overviewCounts, { now, week: later(now, -7 * DAY), day: later(now, -DAY) }),
      this.failedJobs(),
      this.helplines.countDue(),
    ]);
    if (row === null) throw new Error('the overview has one row');
    return { ...row, failedJobs, helplinesDue };
  }

  private async failedJobs(): Promise<number | null> {
    try {
      const counts = Object.values(await this.queues.counts());
      return counts.reduce((sum, { failed }) => sum + (failed ?? 0), 0);
    } catch (error) {
      this.logger.warn('the queues cannot be counted', describeError(error));
      return null;
    }
  }
}

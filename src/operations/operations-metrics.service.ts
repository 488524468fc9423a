import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { Sql } from '../kernel/sql.js';
import { Queues } from '../queue/queues.js';
import { RecurringJobs } from '../queue/recurring-jobs.js';
import { lag, openCaseCounts } from './operations.queries.js';

/**
 * Gauges of the outbox, mail, jobs and cases. They are read from the database when asked for, and
 * are the same whichever web process answers.
 */
@Injectable()
export class OperationsMetrics {
  private readonly registry = new Registry();
  private readonly gauges: Record<'outbox' | 'mail' | 'jobs' | 'overdue' | 'cases', Gauge>;

  constructor(
    private readonly sql: Sql,
    private readonly queues: Queues,
    private readonly recurring: RecurringJobs,
  ) {
    const gauge = (name: string, help: string, labelNames: string[]): Gauge =>
      new Gauge({ name: `sameboat_${name}`, help, labelNames, registers: [this.registry] });
    this.gauges = {
      outbox: gauge(
        'outbox',
        'Events that wait to be carried: how many, and the age of the oldest in seconds',
        ['what'],
      ),
      mail: gauge(
        'mail',
        'Mails that have not gone out yet: how many, and the age of the oldest in seconds',
        ['what'],
      ),
      jobs: gauge('jobs', 'Jobs by queue and state', ['queue', 'state']),
      overdue: gauge(
        'recurring_job_overdue',
        '1 where a recurring job is not planned, or more than two minutes late',
        ['queue', 'job'],
      ),
      cases: gauge('review_cases', 'Open cases by tier, and those past their time', [
        'tier',
        'what',
      ]),
    };
  }

  /** @returns the figures of this moment, as Prometheus reads them */
  async figures(): Promise<string> {
    await this.refresh();
    return this.registry.metrics();
  }

  private async refresh(): Promise<void> {
    // Without Redis the figures of jobs are unknown: no figure is better than a wrong one.
    const [waits, open, counts, recurring] = await Promise.all([
      this.sql.first(lag),
      this.sql.rows(openCaseCounts),
      this.queues.counts().catch(() => null),
      this.recurring.overdue().catch(() => null),
    ]);
    const { outbox, mail, jobs, overdue, cases: caseGauge } = this.gauges;
    overdue.reset();
    for (const { queue, job, overdue: late } of recurring ?? [])
      overdue.set({ queue, job }, late ? 1 : 0);
    outbox.set({ what: 'waiting' }, waits?.waiting ?? 0);
    outbox.set({ what: 'oldest' }, waits?.oldest ?? 0);
    mail.set({ what: 'waiting' }, waits?.unsent ?? 0);
    mail.set({ what: 'oldest' }, waits?.unsentOldest ?? 0);
    jobs.reset();
    for (const [queue, states] of Object.entries(counts ?? {}))
      for (const [state, count] of Object.entries(states)) jobs.set({ queue, state }, count);
    caseGauge.reset();
    for (const { tier, open: all, late } of open) {
      caseGauge.set({ tier, what: 'open' }, all);
      caseGauge.set({ tier, what: 'late' }, late);
    }
  }
}

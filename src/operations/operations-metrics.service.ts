import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { CachedAnswer } from '../kernel/cached-answer.js';
import { Clock, DAY, later, MINUTE } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { Queues } from '../queue/queues.js';
import { RecurringJobs } from '../queue/recurring-jobs.js';
import { care, lag, openCaseCounts, type CareRow } from './operations.queries.js';

/**
 * The period over which care is measured. Cached for `CARE_CACHED_FOR`, as the query is expensive.
 */
const CARE_SPAN = 30 * DAY;
const CARE_CACHED_FOR = 5 * MINUTE;

/**
 * Gauges of the outbox, emails, jobs and cases. Read from the database on request, so every web
 * process reports the same.
 */
@Injectable()
export class OperationsMetrics {
  private readonly registry = new Registry();
  private readonly gauges: Record<
    'outbox' | 'mail' | 'jobs' | 'overdue' | 'cases' | 'holds' | 'threads',
    Gauge
  >;
  private readonly cachedCare = new CachedAnswer<CareRow | null>(CARE_CACHED_FOR);

  constructor(
    private readonly sql: Sql,
    private readonly queues: Queues,
    private readonly recurring: RecurringJobs,
    private readonly clock: Clock,
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
      holds: gauge(
        'holds',
        'Held posts: how many now, the age of the oldest, and the seconds until the decision in ' +
          'the last 30 days, median and 90th percentile',
        ['what'],
      ),
      threads: gauge(
        'threads',
        'Threads of the last 30 days that are a day old: all, and those without a reply',
        ['what'],
      ),
    };
  }

  /** @returns the current metrics in the Prometheus text format */
  async figures(): Promise<string> {
    await this.refresh();
    return this.registry.metrics();
  }

  private async refresh(): Promise<void> {
    // Without Redis the job metrics are left out: no value is better than a wrong one.
    const [waits, open, figures, counts, recurring] = await Promise.all([
      this.sql.first(lag),
      this.sql.rows(openCaseCounts),
      this.careFigures(),
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
    this.showCare(figures);
    jobs.reset();
    for (const [queue, states] of Object.entries(counts ?? {}))
      for (const [state, count] of Object.entries(states)) jobs.set({ queue, state }, count);
    caseGauge.reset();
    for (const { tier, open: all, late } of open) {
      caseGauge.set({ tier, what: 'open' }, all);
      caseGauge.set({ tier, what: 'late' }, late);
    }
  }

  private careFigures(): Promise<CareRow | null> {
    const now = this.clock.now();
    const since = later(now, -CARE_SPAN);
    return this.cachedCare.get(now, () => this.sql.first(care, { since, now }));
  }

  private showCare(row: CareRow | null): void {
    const { holds, threads } = this.gauges;
    holds.reset();
    threads.reset();
    if (row === null) return;
    holds.set({ what: 'waiting' }, row.held);
    holds.set({ what: 'oldest' }, row.heldOldest);
    // No value if nothing was decided: 0 would mean "immediately".
    if (row.holdMedian !== null) holds.set({ what: 'median' }, row.holdMedian);
    if (row.holdHigh !== null) holds.set({ what: 'high' }, row.holdHigh);
    threads.set({ what: 'all' }, row.threads);
    threads.set({ what: 'unanswered' }, row.unanswered);
  }
}

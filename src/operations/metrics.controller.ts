import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Gauge } from 'prom-client';
import { RequestMetrics } from '../http/request-metrics.js';
import { Config } from '../kernel/config.js';
import { NotFound } from '../kernel/errors.js';
import { sameText } from '../kernel/ids.js';
import { isLoopbackAddress } from '../kernel/network.js';
import { Sql, statement, type NoParams } from '../kernel/sql.js';
import { Queues } from '../queue/queues.js';
import { RecurringJobs } from '../queue/recurring-jobs.js';

interface Lag {
  waiting: number;
  oldest: number;
  unsent: number;
  unsentOldest: number;
}

/** Counts and ages in seconds: what waits in the outbox, and what mail has not gone out yet. */
const lag = statement<NoParams, Lag>(
  'pages.lag',
  `select (select count(*)::int from outbox where dispatched_at is null) as waiting,
          coalesce((select extract(epoch from now() - min(created_at))::float
            from outbox
            where dispatched_at is null),
            0) as oldest,
          (select count(*)::int
            from mail_deliveries
            where state in ('waiting', 'sending')) as unsent,
          coalesce((select extract(epoch from now() - min(created_at))::float
            from mail_deliveries
            where state in ('waiting', 'sending')),
            0) as "unsentOldest"`,
);
const cases = statement<NoParams, { tier: string; open: number; late: number }>(
  'pages.open-cases',
  `
    select tier, count(*)::int as open, count(*) filter (where due_at < now())::int as late
    from review_cases
    where state = 'open'
    group by tier
  `,
);

/**
 * Figures for Prometheus: for whoever holds METRICS_TOKEN, or without one for this machine alone.
 * Counts only, of nobody in particular.
 */
@Controller('metrics')
export class MetricsController {
  private readonly gauges: Record<'outbox' | 'mail' | 'jobs' | 'overdue' | 'cases', Gauge>;

  constructor(
    private readonly config: Config,
    private readonly metrics: RequestMetrics,
    private readonly sql: Sql,
    private readonly queues: Queues,
    private readonly recurring: RecurringJobs,
  ) {
    const gauge = (name: string, help: string, labelNames: string[]): Gauge =>
      new Gauge({ name: `sameboat_${name}`, help, labelNames, registers: [metrics.registry] });
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

  @Get()
  async show(@Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<string> {
    if (!this.mayAsk(req)) throw new NotFound();
    await this.fill();
    res.setHeader('Content-Type', this.metrics.registry.contentType);
    res.setHeader('Cache-Control', 'no-store');
    return this.metrics.registry.metrics();
  }

  private mayAsk(req: Request): boolean {
    const { METRICS_TOKEN: token } = this.config;
    if (token !== undefined) return sameText(req.headers.authorization ?? '', `Bearer ${token}`);
    return (
      isLoopbackAddress(req.socket.remoteAddress ?? '') &&
      req.headers['x-forwarded-for'] === undefined
    );
  }

  private async fill(): Promise<void> {
    const [waits, open, counts, recurring] = await Promise.all([
      this.sql.first(lag),
      this.sql.rows(cases),
      this.queues.counts().catch(() => null),
      this.recurring.overdue().catch(() => []),
    ]);
    const { outbox, mail, jobs, overdue, cases: caseGauge } = this.gauges;
    // Without the store nothing is known of them, and no figure is better than a wrong one.
    overdue.reset();
    for (const { queue, job, overdue: late } of recurring)
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

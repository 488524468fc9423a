import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock, later, MINUTE } from '../kernel/clock.js';
import { describeError, Logger } from '../kernel/logger.js';
import { labelOf, type JobClass, type NoIds } from './job.js';
import { Queues, type PlannedJob, type QueueName } from './queues.js';

export interface Recurring {
  readonly job: string;
  readonly queue: QueueName;
  /** Milliseconds between two runs. */
  readonly every: number;
}

/**
 * A row of the schedule.
 * @param job a class whose job needs no ids; it runs on the queue named in `@Handles`
 * @param every milliseconds between two runs
 */
export function recurring(job: JobClass<NoIds>, every: number): Recurring {
  const { name, queue } = labelOf(job);
  return { job: name, queue, every };
}

/** Injection token of the schedule, a list of `Recurring`. */
export const RECURRING = Symbol('recurring jobs');

/** Milliseconds between two comparisons; a flushed store is repaired well within a minute. */
export const RECONCILE_EVERY = MINUTE / 2;
/** Milliseconds that a run may be late before it counts as overdue, because queues may be busy. */
const TOLERANCE = 2 * MINUTE;

/**
 * Keeps the queue's store in line with the schedule. A store may lose it at any time (a flush, a
 * failover to an empty replica), so every worker compares the store with the schedule and schedules
 * what is missing. Idempotent, and safe for concurrent workers.
 */
@Injectable()
export class RecurringJobs implements BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopping = false;
  private started = false;
  private faults = 0;

  constructor(
    @Inject(RECURRING) private readonly schedule: readonly Recurring[],
    private readonly queues: Queues,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Schedules everything, then compares every half minute and whenever the store becomes reachable.
   */
  start(): void {
    this.queues.onConnected(() => this.compare());
    this.compare();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  /**
   * Reschedules whatever is missing or different in the store.
   * @returns the names of the rescheduled jobs
   * @throws if the store is unreachable
   */
  async reconcile(): Promise<string[]> {
    const planned = byName(await this.queues.planned());
    const repaired: string[] = [];
    for (const row of this.schedule) {
      const known = planned.get(row.job);
      if (await this.isPlanned(row, known)) continue;
      // An upsert would keep the wrong time.
      if (known !== undefined && this.isTooFar(row, known)) await this.queues.forget(known);
      await this.queues.repeat(row.queue, row.job, row.every);
      repaired.push(row.job);
    }
    return repaired;
  }

  /**
   * Whether each recurring job is overdue: not scheduled, more than two minutes late, or scheduled
   * for a time that only a wrong clock can explain.
   * @throws if the store is unreachable
   */
  async overdue(): Promise<(Recurring & { readonly overdue: boolean })[]> {
    const planned = byName(await this.queues.planned());
    return this.schedule.map((row) => ({
      ...row,
      overdue: this.isLate(planned.get(row.job)) || this.isTooFar(row, planned.get(row.job)),
    }));
  }

  /** Whether it was scheduled by a clock that was ahead: nothing would run until that time. */
  private isTooFar({ every }: Recurring, known: PlannedJob | undefined): boolean {
    return known?.next != null && known.next > later(this.clock.now(), every + TOLERANCE);
  }

  private isLate(known: PlannedJob | undefined): boolean {
    return known?.next == null || later(known.next, TOLERANCE) < this.clock.now();
  }

  // A late run that is still in its queue waits for its turn; rescheduling would move it to the
  // end.
  private async isPlanned(row: Recurring, known: PlannedJob | undefined): Promise<boolean> {
    if (known === undefined || known.every !== row.every || known.queue !== row.queue) return false;
    if (this.isTooFar(row, known)) return false;
    return !this.isLate(known) || (await this.queues.holdsRun(known));
  }

  private compare(): void {
    if (this.stopping) return;
    if (this.running !== null) {
      this.again = true;
      return;
    }
    if (this.timer !== null) clearTimeout(this.timer);
    this.running = this.attempt().then((wait) => {
      this.running = null;
      if (this.stopping) return;
      this.timer = setTimeout(() => this.compare(), this.again ? 0 : wait).unref();
      this.again = false;
    });
  }

  /** @returns milliseconds until the next comparison */
  private async attempt(): Promise<number> {
    try {
      // The first comparison writes everything, so that a new version's intervals and options take
      // effect.
      if (!this.started)
        for (const { job, queue, every } of this.schedule)
          await this.queues.repeat(queue, job, every);
      const repaired = this.started ? await this.reconcile() : [];
      if (repaired.length > 0)
        this.logger.warn('recurring jobs were missing and are planned again', {
          jobs: repaired.join(' '),
        });
      this.started = true;
      this.faults = 0;
      return RECONCILE_EVERY;
    } catch (error) {
      if (this.faults === 0)
        this.logger.warn('the schedule waits for the queue', describeError(error));
      this.faults += 1;
      return Math.min(RECONCILE_EVERY, 1_000 * 2 ** (this.faults - 1));
    }
  }
}

function byName(planned: readonly PlannedJob[]): Map<string, PlannedJob> {
  return new Map(planned.map((each) => [each.job, each]));
}

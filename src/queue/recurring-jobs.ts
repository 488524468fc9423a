import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock, later, MINUTE } from '../kernel/clock.js';
import { describeError, Logger } from '../kernel/logger.js';
import { Queues, type PlannedJob, type QueueName } from './queues.js';

export interface Recurring {
  readonly job: string;
  readonly queue: QueueName;
  /** Milliseconds between two runs. */
  readonly every: number;
}

/** The token under which the schedule is injected: a list of `Recurring`. */
export const RECURRING = Symbol('recurring jobs');

/** Milliseconds between two comparisons; a flushed store is repaired well within a minute. */
export const RECONCILE_EVERY = MINUTE / 2;
/**
 * How late a run may be, in milliseconds, before it counts as overdue: a busy queue is no fault.
 */
const TOLERANCE = 2 * MINUTE;

/**
 * Keeps the schedule in the queue's store. A store may forget it at any time (a flush, a failover
 * to an empty replica), so every worker compares the store with the schedule and plans again what
 * is missing. Idempotent: what is planned already stays as it is, whichever worker looks and
 * however often.
 */
@Injectable()
export class RecurringJobs implements BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopping = false;
  private begun = false;
  private faults = 0;

  constructor(
    @Inject(RECURRING) private readonly schedule: readonly Recurring[],
    private readonly queues: Queues,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Plans everything, then compares every half minute and whenever the store comes back. */
  start(): void {
    this.queues.onConnected(() => this.look());
    this.look();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  /**
   * Plans again what the store has forgotten or holds differently.
   * @returns the names of the jobs it planned
   * @throws when the store is away
   */
  async reconcile(): Promise<string[]> {
    const planned = byName(await this.queues.planned());
    const repaired: string[] = [];
    for (const wanted of this.schedule) {
      if (await this.stands(wanted, planned.get(wanted.job))) continue;
      await this.queues.repeat(wanted.queue, wanted.job, wanted.every);
      repaired.push(wanted.job);
    }
    return repaired;
  }

  /**
   * Whether each recurring job is overdue: not planned at all, or past its time by more than two
   * minutes.
   * @throws when the store is away
   */
  async overdue(): Promise<(Recurring & { readonly overdue: boolean })[]> {
    const planned = byName(await this.queues.planned());
    return this.schedule.map((wanted) => ({
      ...wanted,
      overdue: this.isLate(planned.get(wanted.job)),
    }));
  }

  private isLate(known: PlannedJob | undefined): boolean {
    return known?.next == null || later(known.next, TOLERANCE) < this.clock.now();
  }

  // A late job that still stands in its queue only waits for its turn; planning it again would send
  // it to the end.
  private async stands(wanted: Recurring, known: PlannedJob | undefined): Promise<boolean> {
    if (known === undefined || known.every !== wanted.every || known.queue !== wanted.queue)
      return false;
    return !this.isLate(known) || (await this.queues.holdsRun(known));
  }

  private look(): void {
    if (this.stopping) return;
    if (this.running !== null) {
      this.again = true;
      return;
    }
    if (this.timer !== null) clearTimeout(this.timer);
    this.running = this.attempt().then((wait) => {
      this.running = null;
      if (this.stopping) return;
      this.timer = setTimeout(() => this.look(), this.again ? 0 : wait).unref();
      this.again = false;
    });
  }

  /** @returns how many milliseconds to wait before the next look */
  private async attempt(): Promise<number> {
    try {
      // At the first look everything is written, so that a new version's intervals and options
      // hold.
      if (!this.begun)
        for (const { job, queue, every } of this.schedule)
          await this.queues.repeat(queue, job, every);
      const repaired = this.begun ? await this.reconcile() : [];
      if (repaired.length > 0)
        this.logger.warn('recurring jobs were missing and are planned again', {
          jobs: repaired.join(' '),
        });
      this.begun = true;
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

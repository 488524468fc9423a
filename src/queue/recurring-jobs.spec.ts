import { mock } from 'node:test';
import { setImmediate as settled } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestClock } from '../../test/support/clock.js';
import { readConfig } from '../kernel/config.js';
import { HOUR, later, MINUTE, SECOND } from '../kernel/clock.js';
import { Logger } from '../kernel/logger.js';
import { Queues, type PlannedJob, type QueueName } from './queues.js';
import { RecurringJobs, type Recurring } from './recurring-jobs.js';

const SCHEDULE: readonly Recurring[] = [
  { job: 'raise-alarms', queue: 'urgent', every: MINUTE },
  { job: 'close-accounts', queue: 'bulk', every: HOUR },
];

/** Advances time second by second, and lets pending work finish in between. */
async function pass(milliseconds: number): Promise<void> {
  await settled();
  for (let passed = 0; passed < milliseconds; passed += SECOND) {
    mock.timers.tick(SECOND);
    await settled();
  }
}

/** An in-memory store that can be unreachable or lose its data. */
class Store extends Queues {
  readonly known = new Map<string, PlannedJob>();
  readonly written: string[] = [];
  readonly held = new Set<string>();
  connected: () => void = () => undefined;
  away = false;

  constructor(private readonly time: TestClock) {
    super(readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40) }));
  }

  override repeat(queue: QueueName, job: string, every: number): Promise<void> {
    if (this.away) return Promise.reject(new Error('away'));
    this.written.push(job);
    // As in BullMQ: a job that is already scheduled keeps its time.
    const next = this.known.get(job)?.next ?? later(this.time.now(), every);
    this.known.set(job, { queue, job, every, next });
    return Promise.resolve();
  }

  override forget({ job }: PlannedJob): Promise<void> {
    this.known.delete(job);
    return Promise.resolve();
  }

  override planned(): Promise<PlannedJob[]> {
    return this.away
      ? Promise.reject(new Error('away'))
      : Promise.resolve([...this.known.values()]);
  }

  override holdsRun({ job }: PlannedJob): Promise<boolean> {
    return Promise.resolve(this.held.has(job));
  }

  override onConnected(listener: () => void): void {
    this.connected = listener;
  }
}

describe('recurring jobs', () => {
  let clock: TestClock;
  let store: Store;
  let jobs: RecurringJobs;
  const late = async (): Promise<string[]> =>
    (await jobs.overdue()).filter(({ overdue }) => overdue).map(({ job }) => job);

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    clock = new TestClock();
    clock.freeze();
    store = new Store(clock);
    jobs = new RecurringJobs(SCHEDULE, store, clock, new Logger('silent', true));
  });
  afterEach(async () => {
    await jobs.beforeApplicationShutdown();
    mock.timers.reset();
  });

  it('are scheduled at start, and again within a minute if the store lost them', async () => {
    jobs.start();
    await pass(0);
    expect([...store.known.keys()]).toEqual(['raise-alarms', 'close-accounts']);
    store.known.clear();
    await pass(MINUTE);
    expect([...store.known.keys()]).toEqual(['raise-alarms', 'close-accounts']);
  });

  it('are compared as soon as the store is reachable again', async () => {
    jobs.start();
    await pass(0);
    store.known.clear();
    store.connected();
    await pass(0);
    expect(store.known.size).toBe(2);
  });

  it('wait for an unreachable store indefinitely, and are scheduled within a minute afterwards', async () => {
    store.away = true;
    jobs.start();
    await pass(HOUR);
    expect(store.known.size).toBe(0);
    store.away = false;
    await pass(MINUTE);
    expect(store.known.size).toBe(2);
  });

  it('do not change when several workers compare repeatedly', async () => {
    await jobs.reconcile();
    const before = [...store.known.values()];
    expect(await jobs.reconcile()).toEqual([]);
    expect(
      await new RecurringJobs(SCHEDULE, store, clock, new Logger('silent', true)).reconcile(),
    ).toEqual([]);
    expect([...store.known.values()]).toEqual(before);
  });

  it('are rescheduled if only one is missing, or has another interval', async () => {
    await jobs.reconcile();
    store.known.delete('close-accounts');
    expect(await jobs.reconcile()).toEqual(['close-accounts']);
    store.known.set('raise-alarms', {
      queue: 'urgent',
      job: 'raise-alarms',
      every: HOUR,
      next: later(clock.now(), HOUR),
    });
    expect(await jobs.reconcile()).toEqual(['raise-alarms']);
  });

  it('are rescheduled when late only if the store lost their next run', async () => {
    await jobs.reconcile();
    clock.move(10 * MINUTE);
    store.held.add('raise-alarms');
    expect(await jobs.reconcile()).toEqual([]);
    store.held.clear();
    expect(await jobs.reconcile()).toEqual(['raise-alarms']);
  });

  it('scheduled by a clock that was ahead are rescheduled once it is correct', async () => {
    clock.move(3 * HOUR);
    await jobs.reconcile();
    clock.move(-3 * HOUR);
    expect(await late()).toEqual(['raise-alarms', 'close-accounts']);
    // The store contains their runs, scheduled three hours ahead.
    for (const { job } of SCHEDULE) store.held.add(job);
    expect(await jobs.reconcile()).toEqual(['raise-alarms', 'close-accounts']);
    expect(store.known.get('raise-alarms')?.next).toEqual(later(clock.now(), MINUTE));
    expect(await late()).toEqual([]);
  });

  it('are overdue if they are not scheduled or more than two minutes late', async () => {
    expect(await late()).toEqual(['raise-alarms', 'close-accounts']);
    await jobs.reconcile();
    expect(await late()).toEqual([]);
    clock.move(2 * MINUTE);
    expect(await late()).toEqual([]);
    clock.move(2 * MINUTE);
    expect(await late()).toEqual(['raise-alarms']);
  });
});

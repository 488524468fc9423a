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

/** Lets time pass a second at a time, and what it sets off end before the next. */
async function pass(milliseconds: number): Promise<void> {
  await settled();
  for (let passed = 0; passed < milliseconds; passed += SECOND) {
    mock.timers.tick(SECOND);
    await settled();
  }
}

/** A store in memory that can be away, and that can forget. */
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
    // As BullMQ does: what is planned already keeps its time.
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

describe('the recurring jobs', () => {
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

  it('are planned at the start, and again within a minute where the store has forgotten them', async () => {
    jobs.start();
    await pass(0);
    expect([...store.known.keys()]).toEqual(['raise-alarms', 'close-accounts']);
    store.known.clear();
    await pass(MINUTE);
    expect([...store.known.keys()]).toEqual(['raise-alarms', 'close-accounts']);
  });

  it('are looked at as soon as the store is back', async () => {
    jobs.start();
    await pass(0);
    store.known.clear();
    store.connected();
    await pass(0);
    expect(store.known.size).toBe(2);
  });

  it('wait for a store that is away, however long, and are then planned within a minute', async () => {
    store.away = true;
    jobs.start();
    await pass(HOUR);
    expect(store.known.size).toBe(0);
    store.away = false;
    await pass(MINUTE);
    expect(store.known.size).toBe(2);
  });

  it('stay as they are when several workers compare repeatedly', async () => {
    await jobs.reconcile();
    const before = [...store.known.values()];
    expect(await jobs.reconcile()).toEqual([]);
    expect(
      await new RecurringJobs(SCHEDULE, store, clock, new Logger('silent', true)).reconcile(),
    ).toEqual([]);
    expect([...store.known.values()]).toEqual(before);
  });

  it('are planned again where one alone is missing, or is planned at another interval', async () => {
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

  it('that are late are planned again only where the store has lost their next run', async () => {
    await jobs.reconcile();
    clock.move(10 * MINUTE);
    store.held.add('raise-alarms');
    expect(await jobs.reconcile()).toEqual([]);
    store.held.clear();
    expect(await jobs.reconcile()).toEqual(['raise-alarms']);
  });

  it('planned while a clock ran ahead are planned again once it is right', async () => {
    clock.move(3 * HOUR);
    await jobs.reconcile();
    clock.move(-3 * HOUR);
    expect(await late()).toEqual(['raise-alarms', 'close-accounts']);
    // Their runs are held by the store, for a time that is three hours away.
    for (const { job } of SCHEDULE) store.held.add(job);
    expect(await jobs.reconcile()).toEqual(['raise-alarms', 'close-accounts']);
    expect(store.known.get('raise-alarms')?.next).toEqual(later(clock.now(), MINUTE));
    expect(await late()).toEqual([]);
  });

  it('count as overdue where they are not planned or more than two minutes late', async () => {
    expect(await late()).toEqual(['raise-alarms', 'close-accounts']);
    await jobs.reconcile();
    expect(await late()).toEqual([]);
    clock.move(2 * MINUTE);
    expect(await late()).toEqual([]);
    clock.move(2 * MINUTE);
    expect(await late()).toEqual(['raise-alarms']);
  });
});

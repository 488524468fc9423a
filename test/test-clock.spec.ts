import { describe, expect, it } from '@jest/globals';
import { OutOfTime, timeBudget } from '../src/kernel/time-budget.js';
import { TestClock } from './support/clock.js';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the clock of the specs', () => {
  it('ends no budget because the machine is slow', () => {
    const clock = new TestClock();
    const budget = timeBudget(clock, 0);
    // Synchronous, however long it takes.
    for (let step = 0; step < 100_000; step += 1) budget.check();
  });

  it('ends a budget when it is moved', () => {
    const clock = new TestClock();
    const budget = timeBudget(clock, 1_000);
    clock.move(1_001);
    expect(() => budget.check()).toThrow(OutOfTime);
  });

  it('goes on between two pieces of work', async () => {
    const clock = new TestClock();
    const first = clock.monotonic();
    expect(clock.monotonic()).toBe(first);
    await nextTurn();
    expect(clock.monotonic()).toBeGreaterThan(first);
  });
});

import { describe, expect, it } from '@jest/globals';
import { NOTICES } from '../notifications/notify/notice-table.js';
import { declaredEvents } from '../outbox/outbox.js';
import { eventRoutes } from './event-routes.js';
import { schedule } from './schedule.js';
import { expectedJobs, requireAllRouted } from './worker.runner.js';

describe('what the worker starts', () => {
  it('routes every event that a feature declares', () => {
    expect(declaredEvents().size).toBeGreaterThan(30);
    expect(() => requireAllRouted(declaredEvents(), eventRoutes)).not.toThrow();
    expect([...eventRoutes.keys()].filter((name) => !declaredEvents().has(name))).toEqual([]);
  });

  it('refuses an event without a route, by name', () => {
    expect(() =>
      requireAllRouted(new Set(['reply.posted', 'thing.happened']), eventRoutes),
    ).toThrow('no route for the events thing.happened');
  });

  it('puts each job on one queue, wherever it is added', () => {
    const queues = new Map<string, Set<string>>();
    for (const { name, queue } of expectedJobs())
      queues.set(name, (queues.get(name) ?? new Set()).add(queue));
    expect(queues.size).toBeGreaterThan(40);
    expect([...queues].filter(([, each]) => each.size > 1)).toEqual([]);
  });

  it('notifies by one job for each row of the notify table', () => {
    const jobs = NOTICES.map(({ label }) => label.name);
    expect(jobs.length).toBeGreaterThan(15);
    expect(new Set(jobs).size).toBe(jobs.length);
  });

  it('keeps the stored names of jobs and events', () => {
    expect(expectedJobs().map(({ name }) => name)).toEqual(
      expect.arrayContaining(['tell-of-reply', 'tell-of-decision', 'mail-notice', 'offer-rest']),
    );
    expect([...eventRoutes.keys()]).toEqual(
      expect.arrayContaining(['reply.posted', 'rest.offered', 'nearer.due', 'strategy.wished']),
    );
  });

  it('runs alarms in the urgent queue, every minute and after their events', () => {
    const urgent = { name: 'raise-alarms', queue: 'urgent' };
    expect(schedule).toContainEqual({ job: 'raise-alarms', queue: 'urgent', every: 60_000 });
    expect(eventRoutes.get('case.opened')).toContainEqual(urgent);
    expect(eventRoutes.get('case.raised')).toContainEqual(urgent);
    expect(eventRoutes.get('alarm.raised')).toContainEqual({
      name: 'tell-of-alarm',
      queue: 'urgent',
    });
  });
});

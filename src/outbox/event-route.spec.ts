import 'reflect-metadata';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Handles, type Job } from '../queue/job.js';
import { recurring } from '../queue/recurring-jobs.js';
import { route, routesByEvent } from './event-route.js';
import { declaredEvents, event } from './outbox.js';

const replied = event<{ postId: string; threadId: string }>('spec.replied');
const edited = event<{ postId: string }>('spec.edited');

@Handles('read-post', 'urgent')
class ReadPost implements Job<{ postId: string }> {
  async run(ids: { postId: string }): Promise<void> {
    await Promise.resolve(ids);
  }
}

@Handles('read-thread')
class ReadThread implements Job<{ threadId: string }> {
  async run(ids: { threadId: string }): Promise<void> {
    await Promise.resolve(ids);
  }
}

@Handles('sweep')
class Sweep implements Job {
  run(): Promise<void> {
    return Promise.resolve();
  }
}

class NoJob {
  run(): Promise<void> {
    return Promise.resolve();
  }
}

// What is declared, a worker in a later spec of the same process would have to route.
afterAll(() => {
  const declared = declaredEvents() as Set<string>;
  for (const name of declared) if (name.startsWith('spec.')) declared.delete(name);
});

// The lines marked as errors are checked by the compiler: without the error, `npm run types` fails.
describe('a route', () => {
  it('leads from an event to jobs on the queues of their own', () => {
    expect(route(replied, [ReadPost, ReadThread, Sweep])).toEqual({
      event: 'spec.replied',
      jobs: [
        { name: 'read-post', queue: 'urgent' },
        { name: 'read-thread', queue: 'default' },
        { name: 'sweep', queue: 'default' },
      ],
    });
  });

  it('is refused by the compiler where the job needs an id that the event does not carry', () => {
    // @ts-expect-error the event carries no threadId
    expect(route(edited, [ReadThread]).jobs.length).toBe(1);
  });

  it('is refused for a class that handles no job', () => {
    expect(() => route(edited, [NoJob])).toThrow('the class NoJob handles no job');
  });

  it('joins other routes of its event', () => {
    const routes = routesByEvent([route(replied, [ReadPost]), route(replied, [Sweep])]);
    expect(routes.get('spec.replied')?.map(({ name }) => name)).toEqual(['read-post', 'sweep']);
  });
});

describe('a row of the schedule', () => {
  it('takes the name and queue of its job', () => {
    expect(recurring(Sweep, 1_000)).toEqual({ job: 'sweep', queue: 'default', every: 1_000 });
  });

  it('is refused by the compiler for a job that needs ids', () => {
    // @ts-expect-error nothing gives a recurring job a postId
    expect(recurring(ReadPost, 1_000).queue).toBe('urgent');
  });
});

describe('an event', () => {
  it('has a name of its own', () => {
    expect(() => event<{ postId: string }>('spec.edited')).toThrow('two events are named');
  });

  it('is refused by the compiler where it carries more than ids', () => {
    // @ts-expect-error a body is what somebody wrote
    expect(event<{ body: string }>('spec.written').eventName).toBe('spec.written');
    // @ts-expect-error an address is no id
    expect(event<{ postId: string; email: string }>('spec.sent').eventName).toBe('spec.sent');
  });
});

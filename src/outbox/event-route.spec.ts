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

// A worker in a later spec of the same process would otherwise have to route the events declared
// here.
afterAll(() => {
  const declared = declaredEvents() as Set<string>;
  for (const name of declared) if (name.startsWith('spec.')) declared.delete(name);
});

// The compiler verifies the lines marked as errors: without the error, `npm run types` fails.
describe('route', () => {
  it('maps an event to jobs on their own queues', () => {
    expect(route(replied, [ReadPost, ReadThread, Sweep])).toEqual({
      event: 'spec.replied',
      jobs: [
        { name: 'read-post', queue: 'urgent' },
        { name: 'read-thread', queue: 'default' },
        { name: 'sweep', queue: 'default' },
      ],
    });
  });

  it('does not compile if the job needs an id that the event lacks', () => {
    // @ts-expect-error the event carries no threadId
    expect(route(edited, [ReadThread]).jobs.length).toBe(1);
  });

  it('rejects a class that handles no job', () => {
    expect(() => route(edited, [NoJob])).toThrow('the class NoJob handles no job');
  });

  it('is merged with other routes of the same event', () => {
    const routes = routesByEvent([route(replied, [ReadPost]), route(replied, [Sweep])]);
    expect(routes.get('spec.replied')?.map(({ name }) => name)).toEqual(['read-post', 'sweep']);
  });
});

describe('recurring', () => {
  it('takes the name and queue of its job', () => {
    expect(recurring(Sweep, 1_000)).toEqual({ job: 'sweep', queue: 'default', every: 1_000 });
  });

  it('does not compile for a job that needs ids', () => {
    // @ts-expect-error nothing gives a recurring job a postId
    expect(recurring(ReadPost, 1_000).queue).toBe('urgent');
  });
});

describe('event', () => {
  it('rejects a name that is already used', () => {
    expect(() => event<{ postId: string }>('spec.edited')).toThrow('two events are named');
  });

  it('does not compile with a payload other than ids', () => {
    // @ts-expect-error a body is what somebody wrote
    expect(event<{ body: string }>('spec.written').eventName).toBe('spec.written');
    // @ts-expect-error an address is no id
    expect(event<{ postId: string; email: string }>('spec.sent').eventName).toBe('spec.sent');
  });
});

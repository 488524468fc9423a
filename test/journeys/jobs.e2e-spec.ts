import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Relay } from '../../src/outbox/relay.js';
import { Queues } from '../../src/queue/queues.js';
import { RetryLater } from '../../src/kernel/errors.js';
import { NotifyReplyJob } from '../../src/notifications/notify/notify-reply.job.js';
import { NotifyThreadJob } from '../../src/notifications/notify/notify-thread.job.js';
import { eventRoutes } from '../../src/worker/event-routes.js';
import { WorkerRunner } from '../../src/worker/worker.runner.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

describe('failed jobs', () => {
  let site: TestApp;
  let admin: Browser;
  let fault: Error | null = null;
  const notified: string[] = [];

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.member('boss', { role: 'admin' });
    admin = await site.as('boss');
    site.app.get(NotifyReplyJob, { strict: false }).run = ({ postId }: { postId: string }) => {
      if (fault !== null) return Promise.reject(fault);
      notified.push(postId);
      return Promise.resolve();
    };
    site.app.get(WorkerRunner).start();
  });
  afterAll(() => site.close());

  const queues = (): Queues => site.app.get(Queues);

  /** A job with only one attempt. */
  async function failing(id: string, error: Error): Promise<void> {
    fault = error;
    const before = (await queues().failed()).length;
    const open = queues() as unknown as {
      queue: (name: string) => {
        add: (name: string, data: object, options: object) => Promise<unknown>;
      };
    };
    await open
      .queue('default')
      .add('tell-of-reply', { postId: id }, { jobId: `test-${id}`, attempts: 1 });
    await eventually(async () => (await queues().failed()).length > before, 'a failed job');
    fault = null;
  }

  it('are listed with the name and the code of the error, without its message', async () => {
    await failing(
      '1',
      Object.assign(new TypeError('ann@example.org wrote about her night'), {
        code: 'ECONNREFUSED',
      }),
    );
    const page = await admin.get('/admin/jobs');
    expect(textOf(page.html)).toContain('tell-of-reply , default: TypeError ECONNREFUSED');
    expect(page.html).not.toMatch(/ann@|night/);
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(textOf((await admin.get('/admin/jobs?queue=bulk')).html)).toContain(
      'Nothing has failed.',
    );
  });

  it('are retried once by a button, and the log says by whom', async () => {
    expect(
      (await admin.post('/admin/jobs/default/retry', { job: 'test-1' }, '/admin/jobs')).location,
    ).toBe('/admin/jobs');
    await eventually(() => notified.includes('1'), 'the job done');
    expect(
      (await admin.post('/admin/jobs/default/retry', { job: 'test-1' }, '/admin/jobs')).status,
    ).toBe(303);
    expect(notified).toEqual(['1']);
    expect(await site.make.rows(`select deed, detail from moderation_log`)).toEqual([
      { deed: 'job.retried', detail: { queue: 'default', job: 'tell-of-reply' } },
    ]);
    expect(textOf((await admin.get('/mod/log')).html)).toContain('boss retried failed jobs');
  });

  it('are removed by a button', async () => {
    await failing('2', new Error('x'));
    await admin.post('/admin/jobs/default/remove', { job: 'test-2' }, '/admin/jobs');
    expect(await queues().failed()).toEqual([]);
    expect(notified).not.toContain('2');
    for (const [path, job] of [
      ['/admin/jobs/nowhere/retry', 'test-2'],
      ['/admin/jobs/default/retry', '<b>'],
    ] as const)
      expect((await admin.post(path, { job }, '/admin/jobs')).status).toBe(404);
  });

  it('are retried by name and queue from the command line', async () => {
    await failing('3', new Error('x'));
    expect(await queues().retryFailed({ name: 'other-job' })).toBe(0);
    expect(await queues().retryFailed({ queue: 'bulk' })).toBe(0);
    expect(await queues().retryFailed({ queue: 'default', name: 'tell-of-reply' })).toBe(1);
    await eventually(() => notified.includes('3'), 'the job done');
  });

  it('do not include a job that ran too early, which waits without using up an attempt', async () => {
    let runs = 0;
    site.app.get(NotifyThreadJob, { strict: false }).run = () => {
      runs += 1;
      return runs === 1 ? Promise.reject(new RetryLater(1_000)) : Promise.resolve();
    };
    await queues().add('default', 'tell-of-thread', { threadId: '1' }, { id: 'test-early' });
    await eventually(() => runs === 2, 'the second run');
    expect(await queues().failed()).toEqual([]);
  });

  it('events that a queue lost are enqueued again, and those that it has run once', async () => {
    const since = new Date(site.clock.ms() - 60_000);
    await site.make.rows(
      `
        insert into outbox (event, ids, created_at)
        values ('reply.posted', '{"postId": "9", "threadId": "9"}', now())
      `,
    );
    await eventually(() => notified.includes('9'), 'the job done');
    await eventually(
      async () =>
        (await site.make.rows('select 1 from outbox where dispatched_at is null')).length === 0,
      'handed over',
    );
    const relay = site.app.get(Relay);
    expect(await relay.replay(since)).toBe(1);
    await eventually(
      async () =>
        (await site.make.rows('select 1 from outbox where dispatched_at is null')).length === 0,
      'handed over',
    );
    await relay.carry(eventRoutes);
    expect(notified.filter((id) => id === '9').length).toBe(1);
    expect(await relay.replay(new Date(site.clock.ms() + 60_000))).toBe(0);
  });
});

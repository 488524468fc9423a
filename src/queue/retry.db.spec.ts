import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnrecoverableError, type Job, type Queue, type Worker } from 'bullmq';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { eventually } from '../../test/support/eventually.js';
import { REDIS, RedisServer } from '../../test/support/redis.js';
import { readConfig } from '../kernel/config.js';
import { queueStore, type QueueStore } from './connection.js';
import { Queues } from './queues.js';

const STORES = REDIS === undefined ? ['PostgreSQL'] : ['PostgreSQL', 'Redis'];
const TOKEN = 'the worker of this test';

describe.each(STORES)('a retried job, on %s', (name) => {
  let db: TestDatabase;
  let server: RedisServer | undefined;
  let store: QueueStore;
  let queues: Queues;
  let queue: Queue;
  let worker: Worker;

  beforeAll(async () => {
    db = await testDatabase();
    if (name === 'Redis') server = await RedisServer.start();
    const url = server === undefined ? {} : { REDIS_URL: server.url };
    const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: db.url, ...url });
    store = queueStore(config, 'for-ever');
    queues = new Queues(config);
    queue = new store.Queue('default', { connection: store.connection });
    worker = new store.Worker('default', null, { connection: store.connection });
    await eventually(() => queues.counts().catch(() => null), 'the store answers');
  });
  afterAll(async () => {
    await Promise.allSettled([worker.close(true), queue.close()]);
    await queues.onApplicationShutdown();
    store.close();
    await server?.remove();
    await db.close();
  });

  /** Takes the next job and fails it. */
  async function fail(error: Error): Promise<Job> {
    const job = await eventually(
      async () => (await worker.getNextJob(TOKEN)) as Job | undefined,
      'a job that waits',
    );
    await job.moveToFailed(error, TOKEN);
    return job;
  }

  it('gets all of its attempts and its back-off again', async () => {
    await queues.add('default', 'send-one', {}, { id: 'one' });
    await fail(new UnrecoverableError('no'));
    expect(await queues.failed()).toMatchObject([{ id: 'one', attempts: 1 }]);
    expect(await queues.retryFailed()).toBe(1);
    const again = (await queue.getJob('one')) as Job;
    expect([again.attemptsMade, again.opts.attempts]).toEqual([0, 12]);
    await fail(new Error('no'));
    const failed = (await queue.getJob('one')) as Job;
    expect([await failed.getState(), failed.attemptsMade, failed.delay]).toEqual([
      'delayed',
      1,
      2_000,
    ]);
  });
});

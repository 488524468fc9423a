#!/usr/bin/env bash
# A failed job that is retried gets one more attempt on Redis, and all of its attempts on PostgreSQL.
. "$(dirname "$0")/lib.sh"

packages bullmq@6.7.0 pg@8.23.1 ioredis@5.11.1 node@24.21.0
redis
postgres_15
expected "retryJobs treats a job with three attempts the same way, whichever store holds the queue"
seen "Redis keeps the number of attempts made: one more run; PostgreSQL resets it to 0: three more"

javascript <<'JS'
import { setTimeout as wait } from 'node:timers/promises';
import { createPostgresBackend, Queue, withBackend, Worker } from 'bullmq';

const onPostgres = withBackend(createPostgresBackend);
const stores = {
  Redis: {
    Queue, Worker,
    connection: { path: `${process.env.PGHOST}/redis.sock`, maxRetriesPerRequest: null },
  },
  PostgreSQL: {
    Queue: onPostgres.Queue, Worker: onPostgres.Worker,
    connection: {
      connectionString: `postgres://postgres@localhost/postgres?host=${process.env.PGHOST}`,
      schema: 'bullmq', migrate: true,
    },
  },
};
for (const [name, { Queue, Worker, connection }] of Object.entries(stores)) {
  const queue = new Queue('mails', { connection });
  let runs = 0;
  const worker = new Worker('mails', async () => {
    runs += 1;
    throw new Error('no');
  }, { connection, drainDelay: 1 });
  const failedForGood = () => new Promise((resolve) => {
    worker.on('failed', (job) => { if (job.attemptsMade >= job.opts.attempts) resolve(job); });
  });
  let failed = failedForGood();
  await queue.add('send', {}, { attempts: 3 });
  await failed;
  const first = runs;
  while ((await queue.getFailedCount()) === 0) await wait(20);
  failed = failedForGood();
  await queue.retryJobs({ state: 'failed' });
  const { attemptsMade } = await failed;
  console.log(`${name}: ${first} runs, ${runs - first} more; attemptsMade ${attemptsMade}`);
  await worker.close();
  await queue.close();
}
process.exit();
JS

shows <<'OUT'
Redis: 3 runs, 1 more; attemptsMade 4
PostgreSQL: 3 runs, 3 more; attemptsMade 3
OUT

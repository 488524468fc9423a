#!/usr/bin/env bash
# The failure reason of a job that throws something other than an Error is lost.
. "$(dirname "$0")/lib.sh"

packages bullmq@6.7.0 ioredis@5.11.1 node@24.21.0
redis
expected "whatever is thrown is kept as the failure reason"
seen "a string leaves the reason 'null' and no stack trace; only the message of an object is read"

javascript <<'JS'
import { setTimeout as wait } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';

const connection = { path: `${process.cwd()}/redis.sock`, maxRetriesPerRequest: null };
const queue = new Queue('mails', { connection });
const thrown = {
  error: new Error('mailbox full'),
  text: 'mailbox full',
  object: { message: 'mailbox full' },
};
const worker = new Worker('mails', async (job) => { throw thrown[job.name]; }, { connection });
for (const name of Object.keys(thrown)) {
  const failed = new Promise((resolve) => { worker.once('failed', resolve); });
  await queue.add(name, {}, { jobId: name });
  await failed;
  while ((await queue.getJobState(name)) !== 'failed') await wait(20);
  const { failedReason, stacktrace } = await queue.getJob(name);
  console.log(name, JSON.stringify(failedReason), `stack traces: ${stacktrace.length}`);
}
await worker.close();
await queue.close();
process.exit();
JS

shows <<'OUT'
error "mailbox full" stack traces: 1
text "null" stack traces: 0
object "mailbox full" stack traces: 0
OUT

#!/usr/bin/env bash
# A job that was active when the BullMQ schema was dumped is still active in the restored copy.
. "$(dirname "$0")/lib.sh"

packages bullmq@6.7.0 pg@8.23.1 node@24.21.0
postgres_15
createdb restored
expected "a job that was active during the dump is waiting, or absent, after a restore"
seen "it is active and locked by a worker that no longer exists; once the lock expires it runs again"

javascript <<'JS'
import { execSync } from 'node:child_process';
import { createPostgresBackend, Queue as AnyQueue, Worker as AnyWorker, withBackend } from 'bullmq';

const { Queue, Worker } = withBackend(createPostgresBackend);
const open = (database, work) => {
  const connection = {
    connectionString: `postgres://postgres@localhost/${database}?host=${process.env.PGHOST}`,
    schema: 'bullmq', migrate: true,
  };
  const queue = new Queue('mails', { connection });
  const options = { connection, lockDuration: 2_000, stalledInterval: 500 };
  const worker = work && new Worker('mails', work, options);
  return { queue, worker };
};
let release;
const held = new Promise((resolve) => { release = resolve; });
let begun;
const started = new Promise((resolve) => { begun = resolve; });
const old = open('postgres', async () => { begun(); await held; });
await old.queue.add('send', {}, { jobId: 'letter' });
await started;
const dump = `${process.env.POSTGRES}/pg_dump -n bullmq`;
execSync(`${dump} | psql -q -v ON_ERROR_STOP=1 restored`, { stdio: 'pipe' });
release();
await old.worker.close();
console.log('ran where it was:', await old.queue.getJobState('letter'));

const before = open('restored');
console.log('restored as:', await before.queue.getJobState('letter'));
const again = open('restored', async () => undefined);
again.worker.on('stalled', (id) => console.log('stalled:', id));
const job = await new Promise((resolve) => { again.worker.on('completed', resolve); });
console.log('runs again:', job.id, 'attemptsStarted', job.attemptsStarted);
process.exit();
JS

shows <<'OUT'
ran where it was: completed
restored as: active
stalled: letter
runs again: letter attemptsStarted 2
OUT

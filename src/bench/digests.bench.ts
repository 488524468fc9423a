import pg from 'pg';
import { prepareDigests } from './digest-data.js';
import type { BenchDatabase } from './bench-database.js';
import {
  startRedis,
  startMailSink,
  startWorker,
  type RedisServer,
  type MailSink,
  mailEnvironment,
} from './mail-processes.js';
import { residentMb } from './processes.js';
import type { Line, Report } from './report.js';

const MOST_KILLS = 10;
/** A run without progress for this long, in milliseconds, has failed. */
const PATIENCE = 90_000;

interface Run {
  perSecond: number;
  growthMb: number;
  databaseMs: number;
}

interface Bench {
  client: pg.Client;
  sink: MailSink;
  redis: RedisServer | null;
  environment: Record<string, string>;
}

/**
 * Digests of all members within one hour: each with two replies and the new threads of three
 * communities, composed by workers as in production and sent to a local SMTP server.
 */
export async function digestsBench(database: BenchDatabase, report: Report): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const [sink, redis] = [await startMailSink(), await startRedis()];
  const environment = mailEnvironment(database, sink, redis);
  const bench: Bench = { client, sink, redis, environment };
  try {
    const all = await prepareDigests(client, database.options.members);
    const few = Math.min(1_000, all);
    const small = await measured(bench, few, 1);
    const one = await measured(bench, all, 1);
    report.add({
      what: `digests, one worker, ${all} members`,
      figure: `${Math.round(one.perSecond)}/s`,
      goal: '≥ 300/s',
    });
    report.add({
      what: 'its memory, growth over the run',
      figure: `${one.growthMb} MB`,
      goal: '< 50 MB',
    });
    report.add({
      what: `database time a digest, ${all} ÷ ${few} members`,
      figure: `${one.databaseMs.toFixed(2)} ms`,
      reference: `${small.databaseMs.toFixed(2)} ms`,
      ratio: one.databaseMs / small.databaseMs,
      goal: 'flat (≤ 1.2)',
    });
    const two = await measured(bench, all, 2);
    report.add({
      what: `digests, two workers on ${redis === null ? 'PostgreSQL' : 'Redis'}`,
      figure: `${Math.round(two.perSecond)}/s`,
      reference: `${Math.round(one.perSecond)}/s`,
      ratio: two.perSecond / one.perSecond,
      goal: '≥ 1.7',
    });
    report.add(await killedWorkersRun(bench, Math.min(all, database.options.killed)));
  } finally {
    await client.end();
    sink.stop();
    await redis?.stop();
  }
}

/** Makes this many members due, at random minutes of one hour. */
async function makeDue({ client, sink, redis }: Bench, members: number): Promise<void> {
  // Safe, as each bench works on its own copy of the database: dependent rows are deleted too.
  await client.query('truncate digests, mail_deliveries, leave_tokens cascade');
  await client.query(
    `
      update mail_settings
      set weekly = false, next_digest_at = null
      where weekly or next_digest_at is not null
    `,
  );
  await client.query(
    `
      update mail_settings s
      set weekly = true, digest_day = extract(isodow from d.due at time zone 'Europe/London'),
        weekly_until = null, seen_at = now(), said_goodbye_at = null, next_digest_at = d.due
     from (select id, now() - interval '2 hours' + random() * interval '1 hour' as due
       from members
       where email is not null
       order by id
       limit $1) d
     where s.member_id = d.id`,
    [members],
  );
  await client.query('vacuum analyze mail_settings, digests, mail_deliveries, leave_tokens');
  redis?.flush();
  await sink.forget();
}

/** Time in milliseconds that the server has spent on statements in this database. */
async function databaseTime(client: pg.Client): Promise<number> {
  await client.query('select pg_stat_force_next_flush()');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const { rows } = await client.query<{ time: number }>(
    'select active_time as time from pg_stat_database where datname = current_database()',
  );
  return rows[0]?.time ?? 0;
}

async function measured(bench: Bench, members: number, count: number): Promise<Run> {
  await makeDue(bench, members);
  const before = await databaseTime(bench.client);
  const workers = Array.from({ length: count }, () => startWorker(bench.environment));
  let [least, most] = [0, 0];
  // Measures memory only after everything has been loaded and used once.
  await until(bench, (taken) => {
    if (taken.all < members / 10) return false;
    const now = residentMb(workers[0]?.pid ?? 0);
    least = least === 0 ? now : least;
    most = Math.max(most, now);
    return taken.different >= members;
  });
  const { seconds } = await bench.sink.taken();
  for (const worker of workers) await worker.kill('SIGTERM');
  const spent = (await databaseTime(bench.client)) - before;
  // Steady state: without the first and last tenth, in which workers start up and run dry.
  const tenth = Math.ceil(seconds.length / (count === 1 ? 10 : 3));
  const steady =
    seconds.length > 10 ? seconds.slice(tenth, -Math.ceil(seconds.length / 10)) : seconds;
  return {
    perSecond: steady.reduce((sum, each) => sum + each, 0) / Math.max(1, steady.length),
    growthMb: most - least,
    databaseMs: spent / members,
  };
}

/**
 * Expires the leases of killed workers, to avoid minutes of waiting.
 * @param alive whether a worker holds leases too, which are younger than those
 */
async function expireLeases({ client }: Bench, alive: boolean): Promise<void> {
  await client.query(
    `
      update digests
      set lease_until = now()
      where status = 'sending' and (not $1 or lease_until < now() + interval '3 minutes 30 seconds')
    `,
    [alive],
  );
  await client.query(
    `
      update mail_deliveries
      set lease_until = now()
      where state = 'sending' and (not $1 or lease_until < now() + interval '2 minutes 30 seconds')
    `,
    [alive],
  );
}

/**
 * Kills a worker ten times while it sends; the next one takes over what it had claimed once the
 * lease expires.
 */
async function killedWorkersRun(bench: Bench, members: number): Promise<Line> {
  await makeDue(bench, members);
  const kills = Math.max(1, Math.min(MOST_KILLS, Math.floor(members / 20)));
  for (let kill = 1; kill <= kills; kill += 1) {
    const worker = startWorker(bench.environment);
    await until(bench, (taken) => taken.different >= (members * kill) / (kills + 2));
    await worker.kill('SIGKILL');
    await expireLeases(bench, false);
  }
  const worker = startWorker(bench.environment);
  await until(bench, async (taken) => {
    await expireLeases(bench, true);
    const { rows } = await bench.client.query<{ open: number }>(
      `select count(*)::int as open from digests where status in ('due', 'sending')`,
    );
    return taken.different >= members && rows[0]?.open === 0;
  });
  const { rows } = await bench.client.query<{ open: number }>(
    `select count(*)::int as open from digests where status in ('due', 'sending')`,
  );
  await worker.kill('SIGTERM');
  const taken = await bench.sink.taken();
  const doubled = taken.all - taken.different;
  return {
    what: `a worker killed ${kills} times over ${members} digests`,
    figure: `${members - taken.different} missing, ${doubled} doubled`,
    reference: `${rows[0]?.open ?? 0} not settled`,
    goal: `0 missing, ≤ ${kills} doubled`,
  };
}

async function until(
  { sink }: Bench,
  done: (taken: Awaited<ReturnType<MailSink['taken']>>) => boolean | Promise<boolean>,
): Promise<void> {
  let [last, moved] = [-1, performance.now()];
  for (;;) {
    const taken = await sink.taken();
    if (await done(taken)) return;
    if (taken.all !== last) [last, moved] = [taken.all, performance.now()];
    if (performance.now() - moved > PATIENCE)
      throw new Error(`no digest for ${PATIENCE / 1_000} s: ${taken.all} sent`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

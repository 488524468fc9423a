import { resolve } from 'node:path';
import pg from 'pg';
import { prepareDigests } from './digest-data.js';
import type { BenchDatabase } from './bench-database.js';
import { DigestRuns, type DigestRun } from './digest-runs.js';
import { startMailSink, startRedis } from './mail-processes.js';
import { median, type Line, type Report } from './report.js';

/** The two checkouts, or only this one. */
type Pair = readonly [DigestRuns, DigestRuns | null];

/**
 * Digests of all members within one hour: each with two replies and the new threads of three
 * communities, composed by workers as in production and sent to a local SMTP server. With another
 * checkout, the members are divided among alternating rounds of both.
 */
export async function digestsBench(database: BenchDatabase, report: Report): Promise<void> {
  const { options } = database;
  const all = await prepared(database.url, options.members);
  const against = options.against === null ? null : resolve(options.against);
  // Must be copied before anything connects to the original.
  const url = against === null ? null : await database.copyFor(against);
  const [sink, redis] = [await startMailSink(), await startRedis()];
  const own = await DigestRuns.open(database, sink, redis);
  const other =
    url === null || against === null
      ? null
      : await DigestRuns.open({ ...database, url }, sink, redis, against);
  try {
    const rounds = other === null ? 1 : options.rounds;
    const few = Math.min(1_000, all);
    const each = Math.ceil(all / rounds);
    const small = await own.measure(few, 1);
    const [one, before] = await compared([own, other], rounds, each, 1);
    report.add({ ...lineOf(`digests, one worker, ${each} members`, one, before), goal: '≥ 300/s' });
    report.add({
      what: 'its memory, growth over the run',
      figure: `${middle(one, 'growthMb')} MB`,
      goal: '< 50 MB',
    });
    report.add({
      what: `database time a digest, ${each} ÷ ${few} members`,
      figure: `${middle(one, 'databaseMs').toFixed(2)} ms`,
      reference: `${small.databaseMs.toFixed(2)} ms`,
      ratio: middle(one, 'databaseMs') / small.databaseMs,
      goal: 'flat (≤ 1.2)',
    });
    const [two, twoBefore] = await compared([own, other], rounds, each, 2);
    report.add({
      ...lineOf(
        `digests, two workers on ${redis === null ? 'PostgreSQL' : 'Redis'}`,
        two,
        twoBefore,
      ),
      reference: `${Math.round(middle(one, 'perSecond'))}/s`,
      ratio: middle(two, 'perSecond') / middle(one, 'perSecond'),
      goal: '≥ 1.7',
    });
    report.add(await killedLine(own, Math.min(all, options.killed)));
  } finally {
    await own.close();
    await other?.close();
    sink.stop();
    await redis?.stop();
  }
}

/** Adds the data shared by all runs. @returns the number of members */
async function prepared(url: string, wished: number): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await prepareDigests(client, wished);
  } finally {
    await client.end();
  }
}

/** Runs of both checkouts in turns; each begins every other round. */
async function compared(
  [own, other]: Pair,
  rounds: number,
  members: number,
  workers: number,
): Promise<[DigestRun[], DigestRun[]]> {
  const runs: [DigestRun[], DigestRun[]] = [[], []];
  for (let round = 0; round < rounds; round += 1)
    for (const at of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const taken = await (at === 0 ? own : other)?.measure(members, workers);
      if (taken !== undefined) runs[at].push(taken);
    }
  return runs;
}

function middle(runs: readonly DigestRun[], name: keyof DigestRun): number {
  return median(runs.map((run) => run[name]));
}

function lineOf(what: string, own: readonly DigestRun[], other: readonly DigestRun[]): Line {
  const line: Line = { what, figure: figureOf(own) };
  if (other.length > 0)
    line.against = {
      figure: figureOf(other),
      measured: { perSecond: middle(other, 'perSecond') },
      ratio: middle(own, 'perSecond') / middle(other, 'perSecond'),
    };
  return line;
}

/** The rate, and the processor time of workers and PostgreSQL for a digest. */
function figureOf(runs: readonly DigestRun[]): string {
  const rates = runs.map(({ perSecond }) => Math.round(perSecond));
  const spread = runs.length > 1 ? ` (${Math.min(...rates)}–${Math.max(...rates)})` : '';
  const [worker, database] = [middle(runs, 'workerCpu'), middle(runs, 'databaseCpu')];
  const cpu = `cpu ${worker.toFixed(2)} ms, database ${database.toFixed(2)} ms`;
  return `${Math.round(middle(runs, 'perSecond'))}/s${spread} ${cpu}`;
}

async function killedLine(runs: DigestRuns, members: number): Promise<Line> {
  const { kills, missing, doubled, unsettled } = await runs.killWorkers(members);
  return {
    what: `a worker killed ${kills} times over ${members} digests`,
    figure: `${missing} missing, ${doubled} doubled`,
    reference: `${unsettled} not settled`,
    goal: `0 missing, ≤ ${kills} doubled`,
  };
}

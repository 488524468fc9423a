import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { freePort } from '../embedded/free-port.js';
import { randomFor } from '../seed/random.js';
import { EnduranceLoad } from './endurance-load.js';
import { waitUntilSettled, verifyWrites, verifyMails } from './endurance-ledger.js';
import { SECRET, type BenchDatabase } from './bench-database.js';
import { mailEnvironment, startRedis, startMailSink, startWorker } from './mail-processes.js';
import { residentMb, startWeb } from './processes.js';
import { median, type Report } from './report.js';

/** This checkout. */
const THIS_CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
const MINUTE = 60_000;
/** Downtime of Redis and of the mail server, or a sixth of a shorter run. */
const AWAY = 5 * MINUTE;

/** A fault to inject, at a time in milliseconds since the start. */
interface Fault {
  at: number;
  inject: () => Promise<void>;
}

/**
 * Runs two web processes and two workers under a steady load of reads and writes, while one of each
 * is repeatedly killed, and Redis and then the mail server go down. Checks that every acknowledged
 * write exists, that each email was sent once, and that the memory of the other two does not grow.
 */
export async function enduranceBench(database: BenchDatabase, report: Report): Promise<void> {
  const [sink, redis] = [await startMailSink(), await startRedis('yes')];
  const environment = {
    ...mailEnvironment(database, sink, redis),
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
  };
  const ports = [await freePort(), await freePort()] as const;
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await letMailsGoOut(client);
  // The first worker loads the strategies to save.
  const workers = [startWorker(environment), startWorker(environment)];
  const webs = [
    await startWeb(THIS_CHECKOUT, environment, ports[0]),
    await startWeb(THIS_CHECKOUT, environment, ports[1]),
  ];
  const time = database.options.minutes * MINUTE;
  const away = Math.min(AWAY, time / 6);
  const random = randomFor(11, 'kills');
  const kills = Array.from({ length: database.options.kills }, (_, n): Fault => {
    const inject = async (): Promise<void> => {
      if (n % 2 === 0) {
        await webs[0]?.stop('SIGKILL');
        webs[0] = await startWeb(THIS_CHECKOUT, environment, ports[0]);
      } else {
        await workers[0]?.kill('SIGKILL');
        workers[0] = startWorker(environment);
      }
    };
    return { at: time * (0.03 + 0.94 * random.next()), inject };
  });
  const faults: Fault[] = [
    ...kills,
    { at: time * 0.3, inject: async () => redis?.away() },
    { at: time * 0.3 + away, inject: async () => redis?.back() },
    { at: time * 0.6, inject: () => sink.away() },
    { at: time * 0.6 + away, inject: () => sink.back() },
  ];
  try {
    const load = await EnduranceLoad.open(
      database,
      webs.map(({ base }) => base),
    );
    const memory = { web: [] as number[], worker: [] as number[] };
    const measure = (): void => {
      memory.web.push(residentMb(webs[1]?.pid ?? 0));
      memory.worker.push(residentMb(workers[1]?.pid ?? 0));
    };
    await run({ load, faults, time, measure, rate: database.options.rate });
    const open = await waitUntilSettled(client);
    const { acknowledged, givenUp, refused, repeated, times } = load;
    const { missing, doubled } = await verifyWrites(client, acknowledged);
    const seconds = Math.round(away / 1_000);
    report.add({
      what:
        `${acknowledged.length} writes acknowledged in ${database.options.minutes} minutes with ` +
        `${kills.length} kills, ${redis === null ? '' : `Redis and `}SMTP away for ${seconds} s`,
      figure: `${missing} missing, ${doubled} doubled`,
      reference: `${refused} refused, ${repeated} sent again, ${givenUp} given up`,
      goal: '0 missing, 0 doubled',
    });
    const mails = await verifyMails(client, SECRET, 'http://127.0.0.1:9', await sink.copies());
    report.add({
      what: `${mails.sent} mails about them`,
      figure: `${mails.missing} missing, ${mails.doubled} sent twice`,
      reference: `${open} events and mails not settled`,
      goal: `0 missing, ≤ ${Math.ceil(kills.length / 2)} sent twice`,
    });
    const sorted = [...times].sort((a, b) => a - b);
    const at = (share: number): string =>
      (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed();
    report.add({
      what: `${load.answered} requests at ${database.options.rate}/s, reading`,
      figure: `p50/95/99 ${at(0.5)} / ${at(0.95)} / ${at(0.99)} ms`,
    });
    for (const name of ['web', 'worker'] as const)
      report.add({ what: `memory of the ${name} process that lived`, ...growth(memory[name]) });
  } finally {
    for (const web of webs) await web.stop();
    for (const worker of workers) await worker.kill('SIGTERM');
    await client.end();
    sink.stop();
    await redis?.stop();
  }
}

/** Makes everybody recently active, and subscribed to immediate emails about replies. */
async function letMailsGoOut(client: pg.Client): Promise<void> {
  await client.query(
    'insert into mail_settings (member_id, seen_at) select id, now() from members',
  );
  await client.query(`
    insert into mail_choices (member_id, kind, frequency)
    select id, 'follow', 'at-once'
    from members
  `);
  await client.query(`update members set mail_safe = 'yes', mail_safe_at = now()`);
}

async function run({
  load,
  faults,
  time,
  measure,
  rate,
}: {
  load: EnduranceLoad;
  faults: Fault[];
  time: number;
  measure: () => void;
  rate: number;
}): Promise<void> {
  const began = performance.now();
  const requests = setInterval(() => load.act(), 1_000 / rate);
  const minutes = setInterval(measure, Math.min(MINUTE, time / 4));
  try {
    // Sequential: no process is killed before it has started to serve.
    for (const { at, inject } of [...faults].sort((a, b) => a.at - b.at)) {
      await until(began + at);
      await inject();
    }
    await until(began + time);
    measure();
  } finally {
    clearInterval(requests);
    clearInterval(minutes);
    await load.settle();
  }
}

async function until(moment: number): Promise<void> {
  const wait = moment - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
}

/** Compares the last quarter with the second one; by then everything has been loaded and used. */
function growth(samples: number[]): { figure: string; reference: string; goal: string } {
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const early = median(samples.slice(quarter, 2 * quarter));
  const late = median(samples.slice(-quarter));
  return {
    figure: `${late} MB at the end`,
    reference: `${early} MB in its second quarter, ${Math.max(...samples)} MB at the most`,
    goal: 'flat',
  };
}

import pg from 'pg';
import { ROOT } from '../kernel/paths.js';
import {
  mailEnvironment,
  startWorker,
  type MailCounts,
  type MailSink,
  type RedisServer,
} from './mail-processes.js';
import { databaseProcessorTime, processorTime } from './processor-time.js';
import { residentMb } from './processes.js';

const MOST_KILLS = 10;
/** A run without progress for this long, in milliseconds, has failed. */
const PATIENCE = 90_000;

/** What one run of digests took; all but the time of statements without its first fifth. */
export interface DigestRun {
  perSecond: number;
  /** Growth of the first worker's resident memory. */
  growthMb: number;
  /** Time the server spent on statements, in milliseconds a digest. */
  databaseMs: number;
  /** CPU time of workers and of PostgreSQL, in milliseconds a digest; 0 if unknown. */
  workerCpu: number;
  databaseCpu: number;
}

/** What became of the digests of workers that were killed. */
export interface KilledRun {
  kills: number;
  missing: number;
  doubled: number;
  unsettled: number;
}

/** Runs of the workers of one checkout, on a database of its own. */
export class DigestRuns {
  private constructor(
    private readonly client: pg.Client,
    private readonly sink: MailSink,
    private readonly redis: RedisServer | null,
    private readonly environment: Record<string, string>,
    private readonly checkout: string,
  ) {}

  /** @param checkout a folder with a build in `dist`, which expects the schema of the database */
  static async open(
    database: { readonly url: string; readonly folder: string },
    sink: MailSink,
    redis: RedisServer | null,
    checkout = ROOT,
  ): Promise<DigestRuns> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    return new DigestRuns(client, sink, redis, mailEnvironment(database, sink, redis), checkout);
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  /** Sends the digests of this many members by this many workers. */
  async measure(members: number, count: number): Promise<DigestRun> {
    await this.makeDue(members);
    const before = await this.databaseTime();
    const workers = Array.from({ length: count }, () =>
      startWorker(this.environment, this.checkout),
    );
    const cpu = async (): Promise<[number, number]> => [
      workers.reduce((sum, { pid }) => sum + processorTime(pid), 0),
      await databaseProcessorTime(this.client),
    ];
    let [least, most] = [0, 0];
    let first: { sent: number; at: number; cpu: [number, number] } | undefined;
    // Measured only after everything has been loaded and used once.
    const { all } = await this.until(async (taken) => {
      if (taken.all < members / 5) return false;
      first ??= { sent: taken.all, at: performance.now(), cpu: await cpu() };
      const now = residentMb(workers[0]?.pid ?? 0);
      least = least === 0 ? now : least;
      most = Math.max(most, now);
      return taken.different >= members;
    });
    const elapsed = performance.now() - (first?.at ?? 0);
    const last = await cpu();
    for (const worker of workers) await worker.kill('SIGTERM');
    const spent = (await this.databaseTime()) - before;
    const sent = Math.max(1, all - (first?.sent ?? 0));
    return {
      perSecond: (sent * 1_000) / elapsed,
      growthMb: most - least,
      databaseMs: spent / members,
      workerCpu: (last[0] - (first?.cpu[0] ?? 0)) / sent,
      databaseCpu: (last[1] - (first?.cpu[1] ?? 0)) / sent,
    };
  }

  /**
   * Kills a worker repeatedly while it sends; the next one takes over what it had claimed once the
   * lease expires.
   */
  async killWorkers(members: number): Promise<KilledRun> {
    await this.makeDue(members);
    const kills = Math.max(1, Math.min(MOST_KILLS, Math.floor(members / 20)));
    for (let kill = 1; kill <= kills; kill += 1) {
      const worker = startWorker(this.environment, this.checkout);
      await this.until((taken) => taken.different >= (members * kill) / (kills + 2));
      await worker.kill('SIGKILL');
      await this.expireLeases(false);
    }
    const worker = startWorker(this.environment, this.checkout);
    const taken = await this.until(async ({ different }) => {
      await this.expireLeases(true);
      return different >= members && (await this.unsettled()) === 0;
    });
    const unsettled = await this.unsettled();
    await worker.kill('SIGTERM');
    const { all, different } = taken;
    return { kills, missing: members - different, doubled: all - different, unsettled };
  }

  /** Makes this many members due, at random minutes of one hour. */
  private async makeDue(members: number): Promise<void> {
    // Safe, as each bench works on its own copy of the database: dependent rows are deleted too.
    await this.client.query('truncate digests, mail_deliveries, leave_tokens cascade');
    await this.client.query(
      `
      update mail_settings
      set weekly = false, next_digest_at = null
      where weekly or next_digest_at is not null
    `,
    );
    await this.client.query(
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
    await this.client.query('vacuum analyze mail_settings, digests, mail_deliveries, leave_tokens');
    this.redis?.flush();
    await this.sink.forget();
  }

  /** Time in milliseconds that the server has spent on statements in this database. */
  private async databaseTime(): Promise<number> {
    await this.client.query('select pg_stat_force_next_flush()');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const { rows } = await this.client.query<{ time: number }>(
      'select active_time as time from pg_stat_database where datname = current_database()',
    );
    return rows[0]?.time ?? 0;
  }

  private async unsettled(): Promise<number> {
    const { rows } = await this.client.query<{ open: number }>(
      `select count(*)::int as open from digests where status in ('due', 'sending')`,
    );
    return rows[0]?.open ?? 0;
  }

  /**
   * Expires the leases of killed workers, to avoid minutes of waiting.
   * @param alive whether a worker holds leases too, which are younger than those
   */
  private async expireLeases(alive: boolean): Promise<void> {
    await this.client.query(
      `
      update digests
      set lease_until = now()
      where status = 'sending' and (not $1 or lease_until < now() + interval '3 minutes 30 seconds')
    `,
      [alive],
    );
    await this.client.query(
      `
      update mail_deliveries
      set lease_until = now()
      where state = 'sending' and (not $1 or lease_until < now() + interval '2 minutes 30 seconds')
    `,
      [alive],
    );
  }

  private async until(
    done: (taken: MailCounts) => boolean | Promise<boolean>,
  ): Promise<MailCounts> {
    let [last, moved] = [-1, performance.now()];
    for (;;) {
      const taken = await this.sink.taken();
      if (await done(taken)) return taken;
      if (taken.all !== last) [last, moved] = [taken.all, performance.now()];
      if (performance.now() - moved > PATIENCE)
        throw new Error(`no digest for ${PATIENCE / 1_000} s: ${taken.all} sent`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '../src/kernel/database.js';
import { Relay } from '../src/outbox/relay.js';
import { Queues, type PlannedJob } from '../src/queue/queues.js';
import { RecurringJobs } from '../src/queue/recurring-jobs.js';
import { WorkerRunner } from '../src/worker/worker.runner.js';
import { eventRoutes } from '../src/worker/event-routes.js';
import { schedule } from '../src/worker/schedule.js';
import { testApp, type TestApp } from './support/app.js';
import { eventually } from './support/eventually.js';
import { HAS_POSTGRES_15, Postgres15 } from './support/postgres-15.js';
import { describeWith } from './support/programs.js';
import { REDIS, RedisServer } from './support/redis.js';

async function conversation(
  site: TestApp,
  name: string,
): Promise<{ thread: string; opener: string }> {
  const slug = await site.make.community();
  const opener = `opener-${name}`;
  await site.make.join(opener, slug);
  await site.make.join(`replier-${name}`, slug);
  return {
    thread: await site.make.thread({ community: slug, author: opener }),
    opener: `${opener}@example.org`,
  };
}

async function reply(site: TestApp, name: string, thread: string, body: string): Promise<number> {
  const browser = await site.as(`replier-${name}`);
  return (await browser.post(`/t/${thread}/replies`, { body }, `/t/${thread}`)).status;
}

const planned = async (site: TestApp): Promise<string[]> =>
  (await site.app.get(Queues).planned()).map(({ job }) => job).sort();
const wanted = schedule.map(({ job }) => job).sort();

interface Readiness {
  ready: boolean;
  schema: string;
  degraded: string[];
}

async function readiness(site: TestApp): Promise<[status: number, body: Readiness]> {
  const { status, html } = await site.browser().get('/readyz');
  return [status, JSON.parse(html) as Readiness];
}

/**
 * Checks how a flushed store recovers, for either back end. @param forget empties the store without
 * BullMQ's knowledge
 */
async function forgetsAndLearns(site: TestApp, forget: () => Promise<unknown>): Promise<void> {
  const jobs = site.app.get(RecurringJobs);
  const inOrder = (all: PlannedJob[]): PlannedJob[] =>
    all.sort((a, b) => a.job.localeCompare(b.job));
  expect((await jobs.reconcile()).sort()).toEqual(wanted);
  await forget();
  expect(await planned(site)).toEqual([]);
  expect((await jobs.reconcile()).sort()).toEqual(wanted);
  expect(await planned(site)).toEqual(wanted);
  const before = inOrder(await site.app.get(Queues).planned());
  expect(await jobs.reconcile()).toEqual([]);
  expect(inOrder(await site.app.get(Queues).planned())).toEqual(before);
  const counts = Object.values(await site.app.get(Queues).counts());
  expect(counts.reduce((sum, { waiting = 0, delayed = 0 }) => sum + waiting + delayed, 0)).toBe(
    schedule.length,
  );
  // Many workers notice the loss simultaneously.
  await forget();
  await Promise.all([jobs.reconcile(), jobs.reconcile(), jobs.reconcile()]);
  expect(await planned(site)).toEqual(wanted);
}

describe('the recurring jobs, on PostgreSQL alone', () => {
  let site: TestApp;
  beforeAll(async () => {
    site = await testApp({ workers: false });
  });
  afterAll(() => site.close());

  it('are planned again after their tables were emptied, once each', async () => {
    await forgetsAndLearns(site, async () => {
      await site.make.rows('delete from bullmq.scheduler');
      await site.make.rows('delete from bullmq.job');
    });
  });

  it('lose one run and are planned again when it is late', async () => {
    await site.app.get(RecurringJobs).reconcile();
    await site.make.rows(`delete from bullmq.job where scheduler_id = 'raise-alarms'`);
    expect(await site.app.get(RecurringJobs).reconcile()).toEqual([]);
    site.clock.move(10 * 60_000);
    expect(await site.app.get(RecurringJobs).reconcile()).toEqual(['raise-alarms']);
  });
});

describe('what a load balancer is told', () => {
  let site: TestApp;
  beforeAll(async () => {
    site = await testApp({ workers: false });
  });
  afterAll(() => site.close());

  it('ready, also while mail is away, which it names', async () => {
    expect(await readiness(site)).toEqual([
      200,
      { ready: true, database: 'ok', schema: 'ok', queue: 'ok', mail: 'ok', degraded: [] },
    ]);
    site.post.away = true;
    expect(await readiness(site)).toEqual([
      200,
      { ready: true, database: 'ok', schema: 'ok', queue: 'ok', mail: 'away', degraded: ['mail'] },
    ]);
    site.post.away = false;
  });

  it('not ready while a migration is missing, or all of them; a newer schema is no fault', async () => {
    await site.make.rows(
      `insert into schema_migrations (timestamp, name) values (9999999999999, 'Later9999999999999')`,
    );
    expect((await readiness(site))[0]).toBe(200);
    const [last] = (await site.make.rows(
      `
        select timestamp, name
        from schema_migrations
        where timestamp < 9999999999999
        order by timestamp desc
        limit 1
      `,
    )) as [{ timestamp: string; name: string }];
    await site.make.rows('delete from schema_migrations where timestamp = $1', [last.timestamp]);
    expect(await readiness(site)).toMatchObject([503, { ready: false, schema: 'not migrated' }]);
    await site.make.rows('insert into schema_migrations (timestamp, name) values ($1, $2)', [
      last.timestamp,
      last.name,
    ]);
    expect((await readiness(site))[0]).toBe(200);
    await site.make.rows('alter table schema_migrations rename to mislaid');
    expect(await readiness(site)).toMatchObject([
      503,
      { ready: false, schema: 'not migrated', database: 'ok' },
    ]);
    await site.make.rows('alter table mislaid rename to schema_migrations');
  });
});

describe('what has been written, on PostgreSQL alone', () => {
  let site: TestApp;
  beforeAll(async () => {
    site = await testApp({ workers: false });
  });
  afterAll(() => site.close());

  it('is carried to the queue after a stop between writing and carrying, once, and only once', async () => {
    const { thread, opener } = await conversation(site, 'one');
    expect(await reply(site, 'one', thread, 'Hello')).toBe(303);
    const waiting = (await site.make.rows(
      'select id from outbox where dispatched_at is null',
    )) as unknown[];
    expect(waiting.length).toBe(1);
    const relay = site.app.get(Relay);
    expect(await relay.carry(eventRoutes)).toBe(1);
    // Simulates a kill between dispatching and marking: the same event is dispatched again with the
    // same job id.
    await site.make.rows('update outbox set dispatched_at = null');
    expect(await relay.carry(eventRoutes)).toBe(1);
    const counts = await site.app.get(Queues).counts();
    expect(counts.default.waiting).toBe(1);
    site.app.get(WorkerRunner).start();
    await site.post.next(opener);
    await eventually(
      async () =>
        (await site.make.rows(`select 1 from outbox where dispatched_at is null`)).length === 0,
      'an empty outbox',
    );
    expect(site.post.to(opener).length).toBe(1);
  });

  it('mail away: the mail comes once it is back, once', async () => {
    const { thread, opener } = await conversation(site, 'two');
    site.post.away = true;
    expect(await reply(site, 'two', thread, 'Hello')).toBe(303);
    await eventually(
      async () =>
        (await site.make.rows(`select 1 from mail_deliveries where state = 'waiting'`)).length ===
        1,
      'a mail that waits',
    );
    expect(site.post.to(opener).length).toBe(0);
    site.post.away = false;
    await site.post.next(opener);
    expect(site.post.to(opener).length).toBe(1);
    await eventually(
      async () =>
        (await site.make.rows(`select 1 from mail_deliveries where state <> 'sent'`)).length === 0,
      'every mail settled',
    );
  });
});

describeWith(REDIS !== undefined, 'redis-server')('with Redis', () => {
  let redis: RedisServer;
  let site: TestApp;

  beforeAll(async () => {
    redis = await RedisServer.start();
    site = await testApp({ env: { REDIS_URL: redis.url } });
  });
  afterAll(async () => {
    await site.close();
    await redis.remove();
  });

  it('a reply is told by mail', async () => {
    const { thread, opener } = await conversation(site, 'three');
    expect(await reply(site, 'three', thread, 'Hello')).toBe(303);
    await site.post.next(opener);
  });

  it('away: posting goes on, the process stays ready and degraded, and mail is sent when it is back', async () => {
    const { thread, opener } = await conversation(site, 'four');
    await redis.kill();
    expect(await reply(site, 'four', thread, 'Hello')).toBe(303);
    expect((await site.browser().get(`/t/${thread}`)).html).toContain('Hello');
    expect(await readiness(site)).toMatchObject([
      200,
      { ready: true, queue: 'away', degraded: ['queue'] },
    ]);
    await redis.startAgain();
    await site.post.next(opener);
    expect(site.post.to(opener).length).toBe(1);
    // This Redis has no persistence: the process that runs the jobs has planned them again on its
    // own.
    await eventually(
      async () => (await planned(site)).join() === wanted.join(),
      'the schedule planned again',
    );
  });

  // Must be last: Passport allows one log-in strategy in a process, and this is a second
  // application.
  it('flushed: the recurring jobs are planned again, once each', async () => {
    const other = await testApp({
      workers: false,
      env: { REDIS_URL: `${redis.url}/1` },
    });
    await eventually(
      () =>
        planned(other).then(
          () => true,
          () => false,
        ),
      'Redis reached',
    );
    await forgetsAndLearns(other, () => Promise.resolve(redis.ask('-n', '1', 'flushdb')));
    await other.close();
  });
});

describeWith(HAS_POSTGRES_15, 'PostgreSQL 15')('with an external PostgreSQL 15', () => {
  let server: Postgres15;
  let site: TestApp;

  beforeAll(async () => {
    server = await Postgres15.primary();
    await server.query(`create database outside template template0 locale 'C'`);
    await migrate(server.url('outside'));
    site = await testApp({ env: { DATABASE_URL: server.url('outside') } });
  });
  afterAll(async () => {
    await site.close();
    await server.remove();
  });

  it('a reply is told by mail', async () => {
    const { thread, opener } = await conversation(site, 'five');
    expect(await reply(site, 'five', thread, 'Hello')).toBe(303);
    await site.post.next(opener);
  });

  it('read-only, as with a full disk: reading goes on, and what was sent comes back', async () => {
    const { thread } = await conversation(site, 'seven');
    const browser = await site.as('replier-seven');
    const token = await browser.token(`/t/${thread}`);
    const set = async (value: string): Promise<void> => {
      await server.query(`alter system set default_transaction_read_only = ${value}`);
      await server.query('select pg_reload_conf()');
      await eventually(async () => {
        const [shown] = await server.query('show default_transaction_read_only');
        return Object.values(shown ?? {})[0] === value;
      }, `read-only ${value}`);
    };
    await set('on');
    const sent = `_csrf=${token}&body=Words+that+must+stay`;
    const refused = await browser.postRaw(`/t/${thread}/replies`, sent);
    expect(refused.status).toBe(503);
    expect(refused.html).toContain('This could not be saved');
    expect(refused.html).toContain('Words that must stay');
    expect((await browser.get(`/t/${thread}`)).status).toBe(200);
    const guest = site.browser();
    const form = new URLSearchParams({
      _csrf: await guest.token('/signup'),
      handle: 'quiet-harbour',
      email: 'quiet@example.org',
      password: 'a long walk by the river',
      ageConfirmed: 'on',
      guidelinesAccepted: 'on',
    });
    const unfinished = await guest.postRaw('/signup', form.toString());
    expect(unfinished.status).toBe(503);
    expect(unfinished.html).toContain('name="handle" value="quiet-harbour"');
    expect(unfinished.html).toContain('name="email" value="quiet@example.org"');
    expect(unfinished.html).toContain('apart from passwords');
    expect(unfinished.html).not.toContain('by the river');
    await set('off');
    expect(await reply(site, 'seven', thread, 'Words that must stay')).toBe(303);
  });

  it('away: 503 with the crisis lines and the typed text, help stays, and the process recovers', async () => {
    const { thread, opener } = await conversation(site, 'six');
    const browser = await site.as('replier-six');
    const token = await browser.token(`/t/${thread}`);
    await server.stop();
    const page = await browser.get(`/t/${thread}`);
    expect(page.status).toBe(503);
    expect(page.html).toContain('116 123');
    const refused = await browser.postRaw(
      `/t/${thread}/replies`,
      `_csrf=${token}&body=Words+that+must+stay`,
    );
    expect(refused.status).toBe(503);
    expect(refused.html).toContain('Words that must stay');
    expect((await browser.get('/help-now')).status).toBe(200);
    expect((await browser.get('/healthz')).status).toBe(200);
    expect((await browser.get('/readyz')).status).toBe(503);
    await server.start();
    await eventually(
      async () => (await browser.get(`/t/${thread}`)).status === 200,
      'the thread page again',
    );
    expect(await reply(site, 'six', thread, 'Words that must stay')).toBe(303);
    await site.post.next(opener);
  });
});

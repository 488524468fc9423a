import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../src/embedded/free-port.js';
import { readConfig } from '../src/kernel/config.js';
import { Queues } from '../src/queue/queues.js';
import { Browser } from './support/browser.js';
import { testDatabase, type TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { startEntry, type Running } from './support/process.js';
import { describeWith } from './support/programs.js';
import { REDIS, RedisServer } from './support/redis.js';
import { SmtpSink } from './support/smtp-sink.js';

const EACH = [0, 1, 2];

describeWith(REDIS !== undefined, 'redis-server')('three web processes and three workers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-many-'));
  const sink = new SmtpSink({});
  const running: Running[] = [];
  const sites: string[] = [];
  let db: TestDatabase;
  let redis: RedisServer;
  let queues: Queues;

  beforeAll(async () => {
    db = await testDatabase();
    redis = await RedisServer.start();
    const settings = {
      NODE_ENV: 'test',
      SECRET_KEY: 'k'.repeat(40),
      DATA_DIR: folder,
      DATABASE_URL: db.url,
      REDIS_URL: redis.url,
      SMTP_URL: `smtp://127.0.0.1:${await sink.listen()}`,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
    };
    queues = new Queues(readConfig(settings));
    for (const each of EACH) {
      const PORT = String(await freePort());
      sites[each] = `http://127.0.0.1:${PORT}`;
      // Links in emails refer to the first site.
      const env = { ...settings, PORT, BASE_URL: sites[0] ?? '' };
      running.push(startEntry('main-web.js', env), startEntry('main-worker.js', env));
    }
    for (const site of sites)
      await eventually(
        () =>
          fetch(`${site}/healthz`).then(
            ({ ok }) => ok,
            () => false,
          ),
        'a web process answers',
      );
  });
  afterAll(async () => {
    for (const each of running) each.signal('SIGTERM');
    expect(await Promise.all(running.map(({ ended }) => ended))).toEqual(running.map(() => 0));
    await queues.onApplicationShutdown();
    await redis.remove();
    await sink.close();
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A browser of a member who is logged in at one of the sites. */
  const at = async (site: number, handle: string): Promise<Browser> => {
    const browser = new Browser(sites[site] ?? '');
    browser.setCookie('session', await db.make.session(handle));
    return browser;
  };
  const idle = async (): Promise<boolean> => {
    const [outbox] = (await db.make.rows(
      'select count(*)::int as waiting from outbox where dispatched_at is null',
    )) as [{ waiting: number }];
    const counts = Object.values(await queues.counts());
    return (
      outbox.waiting === 0 && counts.every(({ waiting = 0, active = 0 }) => waiting + active === 0)
    );
  };

  it('make one of what is sent to all of them, and tell each person once', async () => {
    const community = await db.make.community();
    const threads: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      await db.make.join(`asks-${n}`, community);
      threads.push(`/t/${await db.make.thread({ community, author: `asks-${n}` })}`);
    }
    await db.make.join('answers', community);
    const browsers = await Promise.all(EACH.map((site) => at(site, 'answers')));
    const tokens = await Promise.all(browsers.map((browser) => browser.token(threads[0])));
    const answers = await Promise.all(
      threads.flatMap((path, n) =>
        browsers.map((browser, site) =>
          browser.postRaw(
            `${path}/replies`,
            new URLSearchParams({
              _csrf: tokens[site] ?? '',
              body: 'I hear you.',
              idempotencyKey: `answer-${n}`,
            }).toString(),
          ),
        ),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 303));
    expect(new Set(answers.map(({ location }) => location)).size).toBe(threads.length);
    const told = (n: number): number =>
      sink.received.filter((mail) => mail.includes(`\nTo: asks-${n}@example.org\r\n`)).length;
    await eventually(
      () => threads.every((_path, n) => told(n) > 0) || null,
      'everybody who asked is told',
    );
    await eventually(idle, 'nothing left to do');
    expect(threads.map((_path, n) => told(n))).toEqual(threads.map(() => 1));
    expect(await queues.failed()).toEqual([]);
  });

  it('let one moderator claim a case', async () => {
    const community = await db.make.community();
    const post = await db.make.reply({ thread: await db.make.thread({ community }) });
    const id = await db.make.case({ post });
    const moderators = await Promise.all(
      EACH.map(async (site) => {
        await db.make.member(`mod-${site}`, { role: 'moderator' });
        return at(site, `mod-${site}`);
      }),
    );
    const claims = await Promise.all(
      moderators.map((moderator) => moderator.post(`/mod/cases/${id}/claim`)),
    );
    expect(claims.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
  });

  it('plan each recurring job once', async () => {
    const planned = (await queues.planned()).map(({ job }) => job);
    expect(planned.length).toBeGreaterThan(5);
    expect(new Set(planned).size).toBe(planned.length);
  });
});

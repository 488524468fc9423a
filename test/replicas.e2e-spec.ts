import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { migrate } from '../src/kernel/database.js';
import { MAX_LAG, Replicas } from '../src/kernel/replicas.js';
import { testApp, type TestApp } from './support/app.js';
import type { Browser } from './support/browser.js';
import { eventually } from './support/eventually.js';
import { HAS_POSTGRES_15, Postgres15 } from './support/postgres-15.js';
import { describeWith } from './support/programs.js';

const NAME = 'boat';

describeWith(HAS_POSTGRES_15, 'PostgreSQL 15')('pages read from a replica', () => {
  let primary: Postgres15;
  let standby: Postgres15;
  let site: TestApp;
  let replicas: Replicas;
  let thread: string;
  let writer: Browser;
  let reader: Browser;

  beforeAll(async () => {
    primary = await Postgres15.primary();
    await primary.query(`create database ${NAME}`);
    await migrate(primary.url(NAME));
    standby = await primary.standby();
    site = await testApp({
      workers: false,
      env: {
        DATABASE_URL: primary.url(NAME),
        // The second is a primary, an operator's mistake that must not affect readers.
        DATABASE_REPLICA_URLS: `${standby.url(NAME)}, ${primary.url('postgres')}`,
      },
    });
    replicas = site.app.get(Replicas);
    const community = await site.make.community();
    await site.make.join('writer', community);
    await site.make.join('reader', community);
    thread = `/t/${await site.make.thread({ community, author: 'writer' })}`;
    writer = await site.as('writer');
    reader = await site.as('reader');
  });
  afterAll(async () => {
    await site.close();
    await standby.remove();
    await primary.remove();
  });

  const usable = (): boolean[] => replicas.all.map((replica) => replica.usable);
  /** Waits until the replica is in use and has caught up. */
  const caughtUp = async (): Promise<void> => {
    const committed = await replicas.committed();
    await eventually(async () => {
      await replicas.compare();
      const [first] = replicas.all;
      return first?.usable === true && first.replayed >= committed ? true : null;
    }, 'the replica caught up');
  };
  const leftOut = (): Promise<boolean> =>
    eventually(async () => {
      await replicas.compare();
      return replicas.all[0]?.usable === false ? true : null;
    }, 'the replica left out');
  const reply = async (body: string): Promise<void> => {
    const { status } = await writer.post(`${thread}/replies`, { body }, thread);
    expect(status).toBe(303);
  };
  const pause = (): Promise<unknown> => standby.query('select pg_wal_replay_pause()', NAME);
  const resume = (): Promise<unknown> => standby.query('select pg_wal_replay_resume()', NAME);
  /** Counts reads on replicas during `work`. */
  const readOnReplicas = async (work: () => Promise<unknown>): Promise<number> => {
    const before = replicas.reads.replica;
    await work();
    return replicas.reads.replica - before;
  };

  beforeEach(() => caughtUp());

  it('are those that only show, for guests and for members', async () => {
    expect(usable()).toEqual([true, false]);
    for (const path of ['/', '/communities', thread, '/search?q=words', '/strategies', '/mine'])
      expect([path, await readOnReplicas(() => reader.get(path))]).not.toEqual([path, 0]);
    expect(await readOnReplicas(() => site.browser().get('/'))).toBeGreaterThan(0);
    for (const path of ['/settings', '/notifications', '/login', '/signup', `${thread}/nothing`])
      expect([path, await readOnReplicas(() => reader.get(path))]).toEqual([path, 0]);
  });

  it('show people what they have just written, and others a moment later', async () => {
    await pause();
    await reply('This is new.');
    expect((await writer.get(thread)).html).toContain('This is new.');
    const page = await reader.get(thread);
    expect(page.status).toBe(200);
    expect(page.html).not.toContain('This is new.');
    // Data that a replica does not have yet is read from the primary.
    const fresh = await site.make.thread({ author: 'writer' });
    expect((await reader.get(`/t/${fresh}`)).status).toBe(200);
    expect((await reader.get('/t/999999')).status).toBe(404);
    // Identity and permissions are never read from a replica.
    const newcomer = await site.member('newcomer');
    expect((await newcomer.get('/mine')).status).toBe(200);
    await resume();
    await caughtUp();
    expect((await reader.get(thread)).html).toContain('This is new.');
    expect(await readOnReplicas(() => writer.get(thread))).toBeGreaterThan(0);
  });

  it('are counted for the operator, by number and not by address', async () => {
    await reader.get(thread);
    const { html } = await site.browser().get('/metrics');
    expect(html).toMatch(/^sameboat_replica_in_use\{replica="1"\} 1$/m);
    expect(html).toMatch(/^sameboat_replica_in_use\{replica="2"\} 0$/m);
    expect(html).toMatch(/^sameboat_replica_lag_seconds\{replica="1"\} \d/m);
    expect(html).toMatch(/^sameboat_replica_reads_total\{server="replica"\} [1-9]/m);
    expect(html).not.toContain(String(standby.port));
  });

  it('come from the primary while the replica is far behind', async () => {
    await pause();
    await reply('Further on.');
    site.clock.move(MAX_LAG + 1_000);
    await leftOut();
    expect((await reader.get(thread)).html).toContain('Further on.');
    await resume();
    await caughtUp();
    expect(await readOnReplicas(() => reader.get(thread))).toBeGreaterThan(0);
  });

  it('are answered while the replica hangs, and when it has crashed', async () => {
    standby.signal('SIGSTOP');
    const pages = Promise.all(Array.from({ length: 5 }, () => reader.get(thread)));
    expect((await pages).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await leftOut();
    standby.signal('SIGCONT');
    await caughtUp();
    await standby.crash();
    expect((await reader.get(thread)).status).toBe(200);
    await leftOut();
    expect((await reader.get('/')).status).toBe(200);
    await standby.start();
    await caughtUp();
    expect(await readOnReplicas(() => reader.get(thread))).toBeGreaterThan(0);
  });

  it('are the primary’s once the replica is promoted', async () => {
    const pages = Array.from({ length: 20 }, () => reader.get(thread));
    await standby.query('select pg_promote()', NAME);
    expect((await Promise.all(pages)).map(({ status }) => status)).toEqual(pages.map(() => 200));
    await eventually(async () => {
      await replicas.compare();
      return usable()[0] === false ? true : null;
    }, 'the promoted replica left out');
    await reply('After the promotion.');
    expect((await reader.get(thread)).html).toContain('After the promotion.');
    expect(await readOnReplicas(() => reader.get(thread))).toBe(0);
  });
});

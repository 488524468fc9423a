import { afterAll, afterEach, expect, it } from '@jest/globals';
import { RateLimits } from '../src/http/rate-limit.js';
import { Queues } from '../src/queue/queues.js';
import { testApp, type TestApp } from './support/app.js';
import { eventually } from './support/eventually.js';
import { describeWith } from './support/programs.js';
import { REDIS, RedisServer } from './support/redis.js';

/** Replies to a thread. @returns once its author is notified by email, which takes a job */
async function answered(site: TestApp, name: string): Promise<void> {
  const community = await site.make.community();
  await site.make.join(`${name}-asks`, community);
  await site.make.join(`${name}-answers`, community);
  const thread = `/t/${await site.make.thread({ community, author: `${name}-asks` })}`;
  const browser = await site.as(`${name}-answers`);
  const { status } = await browser.post(`${thread}/replies`, { body: 'Hello' }, thread);
  expect(status).toBe(303);
  await site.post.next(`${name}-asks@example.org`);
  expect(site.post.to(`${name}-asks@example.org`)).toHaveLength(1);
}

describeWith(REDIS !== undefined, 'redis-server')('queues and limits', () => {
  const servers: RedisServer[] = [];
  const started = async (server: Promise<RedisServer>): Promise<RedisServer> => {
    servers.push(await server);
    return server;
  };
  let site: TestApp | undefined;

  afterEach(async () => {
    await site?.close();
    site = undefined;
  });
  afterAll(async () => {
    for (const server of servers) await server.remove();
  });

  it('follow Sentinel to the new server, and jobs run on', async () => {
    const first = await started(RedisServer.start());
    const second = await started(RedisServer.start(`replicaof 127.0.0.1 ${first.port}`));
    const sentinel = await started(RedisServer.sentinel('boat', first));
    await eventually(
      () => /slave\d|num-slaves\n1/.test(sentinel.ask('sentinel', 'master', 'boat')) || null,
      'the Sentinel knows the replica',
    );
    // The first Sentinel does not exist: the next one is used.
    const REDIS_URL = `redis+sentinel://127.0.0.1:1,127.0.0.1:${sentinel.port}/boat`;
    site = await testApp({ env: { REDIS_URL } });
    await answered(site, 'before');
    await first.kill();
    await eventually(
      () => second.ask('role').startsWith('master') || null,
      'the replica took over',
    );
    await answered(site, 'after');
    // The new server has the counters and the recurring jobs.
    const { app } = site;
    await eventually(async () => {
      await app.get(RateLimits).within('failover', 'anybody', 1, 60);
      return second.ask('keys', 'limit:*') === '' ? null : true;
    }, 'a limit counted by the new server');
    await eventually(
      async () => ((await app.get(Queues).planned()).length > 0 ? true : null),
      'the recurring jobs on the new server',
    );
  });

  it('are spread over a cluster', async () => {
    const nodes = [
      await started(RedisServer.start('cluster-enabled yes')),
      await started(RedisServer.start('cluster-enabled yes')),
    ] as const;
    nodes[0].ask('cluster', 'addslotsrange', '0', '8191');
    nodes[1].ask('cluster', 'addslotsrange', '8192', '16383');
    nodes[0].ask('cluster', 'meet', '127.0.0.1', String(nodes[1].port));
    await eventually(
      () => nodes.every((node) => node.ask('cluster', 'info').includes('cluster_state:ok')) || null,
      'the cluster in one piece',
    );
    const REDIS_URL = `redis+cluster://127.0.0.1:${nodes[0].port},127.0.0.1:${nodes[1].port}`;
    site = await testApp({ env: { REDIS_URL } });
    await answered(site, 'spread');
    const limits = site.app.get(RateLimits);
    await eventually(async () => {
      for (let n = 0; n < 20; n += 1) await limits.within('spread', `member-${n}`, 1, 60);
      return nodes.every((node) => node.ask('keys', 'limit:*') !== '') || null;
    }, 'limits counted on both nodes');
    const homes = nodes.map((node) => node.ask('keys', '{bull}:*')).filter((keys) => keys !== '');
    expect(homes).toHaveLength(1);
  });
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { eventually } from '../../test/support/eventually.js';
import { describeWith } from '../../test/support/programs.js';
import { REDIS, RedisServer } from '../../test/support/redis.js';
import { RateLimits } from '../http/rate-limit.js';
import { readConfig } from '../kernel/config.js';
import { Queues } from '../queue/queues.js';
import { wipeRedis } from './wipe.js';

describeWith(REDIS !== undefined, 'redis-server')('the wipe of Redis', () => {
  let db: TestDatabase;
  let server: RedisServer;
  let client: Redis;

  beforeAll(async () => {
    db = await testDatabase();
    server = await RedisServer.start();
    client = new Redis(server.url);
  });
  afterAll(async () => {
    client.disconnect();
    await server.kill();
    await db.close();
  });

  it('deletes only the keys of the queues and rate limits', async () => {
    const config = readConfig({
      NODE_ENV: 'test',
      SECRET_KEY: 'a'.repeat(40),
      REDIS_URL: server.url,
    });
    const queues = new Queues(config);
    const limits = new RateLimits(config, db.sql, db.clock);
    await eventually(async () => {
      await limits.within('reply', 'somebody', 1, 600);
      return (await client.keys('limit:*')).length > 0;
    }, 'the limits connected to Redis');
    await eventually(async () => {
      await queues.add('bulk', 'some-job', { postId: '1' }).catch(() => undefined);
      return (await client.keys('bull:bulk:*')).length > 0;
    }, 'the queues connected to Redis');
    await queues.onApplicationShutdown();
    await limits.onApplicationShutdown();
    await client.set('limits-of-others', '1');
    await client.set('bull:of-others:id', '1');
    const before = await client.dbsize();
    expect(await wipeRedis(server.url)).toBe(before - 2);
    expect((await client.keys('*')).sort()).toEqual(['bull:of-others:id', 'limits-of-others']);
    expect(await wipeRedis(server.url)).toBe(0);
  });
});

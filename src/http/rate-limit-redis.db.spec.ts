import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { eventually } from '../../test/support/eventually.js';
import { describeWith } from '../../test/support/programs.js';
import { REDIS, RedisServer } from '../../test/support/redis.js';
import { readConfig } from '../kernel/config.js';
import { TooManyRequests } from '../kernel/errors.js';
import { RateLimits } from './rate-limit.js';

describeWith(REDIS !== undefined, 'redis-server')('a rate limit in Redis', () => {
  let db: TestDatabase;
  let server: RedisServer;
  let client: Redis;
  let limits: RateLimits;

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    server = await RedisServer.start();
    const { url } = server;
    client = new Redis(url, { retryStrategy: () => 50 });
    client.on('error', () => undefined);
    await client.ping();
    limits = new RateLimits(
      readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40), REDIS_URL: url }),
      db.sql,
      db.clock,
    );
    // The counters are in PostgreSQL until the connection is established.
    await eventually(async () => {
      await limits.within('connect', 'anybody', 1, 60);
      return (await client.dbsize()) > 0;
    }, 'the limits connected to Redis');
  });
  afterEach(async () => {
    await limits.onApplicationShutdown();
    client.disconnect();
    await server.remove();
  });

  const keys = (action: string): Promise<string[]> => client.keys(`limit:${action}:*`);
  const times = async (count: number, action: string): Promise<void> => {
    for (let n = 0; n < count; n += 1) await limits.count(action, 'ann', 3, 60);
  };

  it('rejects what exceeds the limit, and says how long to wait', async () => {
    await times(3, 'join');
    const refused = await limits.count('join', 'ann', 3, 60).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TooManyRequests);
    expect((refused as TooManyRequests).retryAfter).toBeGreaterThan(50);
    expect((refused as TooManyRequests).retryAfter).toBeLessThanOrEqual(60);
  });

  it('leaves no key without an expiry, whatever the operation', async () => {
    await times(2, 'reply');
    await limits.giveBack('reply', 'ann');
    await limits.giveBack('reply', 'somebody-who-did-nothing');
    const [key = '', ...others] = await keys('reply');
    expect(others).toEqual([]);
    expect(await client.get(key)).toBe('1');
    expect(await client.ttl(key)).toBeGreaterThan(50);
  });

  it('sets an expiry on a counter that an earlier release left without one', async () => {
    await times(1, 'edit');
    const [key = ''] = await keys('edit');
    await client.persist(key);
    await times(1, 'edit');
    expect(await client.ttl(key)).toBeGreaterThan(50);
  });

  it('can be reset', async () => {
    await times(3, 'guess');
    await limits.forget('guess', 'ann');
    expect(await keys('guess')).toEqual([]);
    await times(3, 'guess');
  });

  it('falls back to PostgreSQL while Redis is unreachable', async () => {
    await times(1, 'post');
    await server.kill();
    await times(3, 'post');
    await limits.giveBack('post', 'ann');
    await times(1, 'post');
    await expect(times(1, 'post')).rejects.toThrow(TooManyRequests);
  });
});

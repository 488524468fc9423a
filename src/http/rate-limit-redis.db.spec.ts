import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { eventually } from '../../test/support/eventually.js';
import { freePort } from '../embedded/free-port.js';
import { readConfig } from '../kernel/config.js';
import { TooMany } from '../kernel/errors.js';
import { RateLimits } from './rate-limit.js';

const SERVER = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((path) =>
  existsSync(path),
);

(SERVER === undefined ? describe.skip : describe)('a rate limit in Redis', () => {
  let db: TestDatabase;
  let server: ChildProcess;
  let client: Redis;
  let limits: RateLimits;

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    const port = await freePort();
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', ''];
    server = spawn(SERVER ?? '', [...options, '--appendonly', 'no'], { stdio: 'ignore' });
    const url = `redis://127.0.0.1:${port}`;
    client = new Redis(url, { retryStrategy: () => 50 });
    client.on('error', () => undefined);
    await client.ping();
    limits = new RateLimits(
      readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40), REDIS_URL: url }),
      db.sql,
      db.clock,
    );
    // The counters are in PostgreSQL until the connection stands.
    await eventually(async () => {
      await limits.within('connect', 'anybody', 1, 60);
      return (await client.dbsize()) > 0;
    }, 'the limits connected to Redis');
  });
  afterEach(async () => {
    await limits.onApplicationShutdown();
    client.disconnect();
    server.kill('SIGKILL');
  });

  const keys = (action: string): Promise<string[]> => client.keys(`limit:${action}:*`);
  const times = async (count: number, action: string): Promise<void> => {
    for (let n = 0; n < count; n += 1) await limits.count(action, 'ann', 3, 60);
  };

  it('refuses what is over the limit, and says how long to wait', async () => {
    await times(3, 'join');
    const refused = await limits.count('join', 'ann', 3, 60).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TooMany);
    expect((refused as TooMany).retryAfter).toBeGreaterThan(50);
    expect((refused as TooMany).retryAfter).toBeLessThanOrEqual(60);
  });

  it('leaves no key without an end, whatever is done to it', async () => {
    await times(2, 'reply');
    await limits.giveBack('reply', 'ann');
    await limits.giveBack('reply', 'somebody-who-did-nothing');
    const [key = '', ...others] = await keys('reply');
    expect(others).toEqual([]);
    expect(await client.get(key)).toBe('1');
    expect(await client.ttl(key)).toBeGreaterThan(50);
  });

  it('gives an end to a counter that an earlier release left without one', async () => {
    await times(1, 'edit');
    const [key = ''] = await keys('edit');
    await client.persist(key);
    await times(1, 'edit');
    expect(await client.ttl(key)).toBeGreaterThan(50);
  });

  it('can be forgiven', async () => {
    await times(3, 'guess');
    await limits.forget('guess', 'ann');
    expect(await keys('guess')).toEqual([]);
    await times(3, 'guess');
  });

  it('goes on in PostgreSQL while Redis is away', async () => {
    await times(1, 'post');
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await gone;
    await times(3, 'post');
    await limits.giveBack('post', 'ann');
    await times(1, 'post');
    await expect(times(1, 'post')).rejects.toThrow(TooMany);
  });
});

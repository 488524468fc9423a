import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { readConfig } from '../kernel/config.js';
import { TooManyRequests } from '../kernel/errors.js';
import { RateLimits } from './rate-limit.js';

describe('a rate limit', () => {
  let db: TestDatabase;
  let limits: RateLimits;

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
    limits = new RateLimits(
      readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40) }),
      db.sql,
      db.clock,
    );
  });
  afterAll(() => db.close());

  const times = async (count: number, deed: string, subject: string): Promise<void> => {
    for (let n = 0; n < count; n += 1) await limits.count(deed, subject, 3, 60);
  };

  it('allows up to its maximum, then says how long to wait', async () => {
    await times(3, 'join', 'ann');
    const refused = await limits.count('join', 'ann', 3, 60).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TooManyRequests);
    expect((refused as TooManyRequests).retryAfter).toBe(60);
  });

  it('counts each action and each person separately', async () => {
    await times(3, 'post', 'ben');
    await times(3, 'post', 'cara');
    await times(3, 'reply', 'ben');
    await expect(times(1, 'post', 'ben')).rejects.toThrow(TooManyRequests);
  });

  it('ends with its window', async () => {
    await times(3, 'edit', 'ann');
    db.clock.move(61_000);
    await times(3, 'edit', 'ann');
    await expect(times(1, 'edit', 'ann')).rejects.toThrow(TooManyRequests);
  });

  it('can be reset', async () => {
    await times(3, 'guess', 'ann');
    await limits.forget('guess', 'ann');
    await times(3, 'guess', 'ann');
  });

  it('gives back a count, never below zero', async () => {
    await times(3, 'reply', 'cat');
    await limits.giveBack('reply', 'cat');
    await times(1, 'reply', 'cat');
    await expect(times(1, 'reply', 'cat')).rejects.toThrow(TooManyRequests);
    await limits.giveBack('reply', 'nobody');
    await times(3, 'reply', 'nobody');
    await expect(times(1, 'reply', 'nobody')).rejects.toThrow(TooManyRequests);
  });

  it('keeps counting where it does not reject', async () => {
    const answers: boolean[] = [];
    for (let n = 0; n < 4; n += 1) answers.push(await limits.within('look', 'ann', 2, 60));
    expect(answers).toEqual([true, true, false, false]);
  });

  describe('with an idempotency key', () => {
    const arrive = (key: string, subject: string): Promise<boolean> =>
      limits.countOnce('form', subject, 3, 60, key);
    const refused = async (key: string, subject: string): Promise<boolean> =>
      arrive(key, subject).then(
        () => false,
        (error: unknown) => error instanceof TooManyRequests,
      );

    it('counts duplicates once, also concurrent ones', async () => {
      const counted = await Promise.all(Array.from({ length: 40 }, () => arrive('one', 'dan')));
      expect(counted.filter(Boolean)).toHaveLength(1);
      expect([await arrive('two', 'dan'), await arrive('three', 'dan')]).toEqual([true, true]);
      expect(await refused('four', 'dan')).toBe(true);
      expect([await refused('one', 'dan'), await refused('four', 'dan')]).toEqual([true, true]);
    });

    it('counts it again after a rejection', async () => {
      for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await refused(key, 'eve');
      db.clock.move(61_000);
      expect([
        await arrive('d', 'eve'),
        await arrive('e', 'eve'),
        await arrive('f', 'eve'),
      ]).toEqual([true, true, true]);
      expect(await refused('g', 'eve')).toBe(true);
    });

    it('counts every action without a key', async () => {
      expect([await arrive('', 'fay'), await arrive('', 'fay')]).toEqual([true, true]);
    });
  });

  it('allows no more for concurrent requests', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 40 }, () => limits.count('burst', 'ann', 3, 60)),
    );
    expect(tries.filter((each) => each.status === 'fulfilled').length).toBe(3);
  });

  it('stores no names', async () => {
    await times(1, 'log-in', 'somebody@example.org');
    const rows = (await db.make.rows('select * from rate_limits')) as unknown[];
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('somebody');
  });
});

import { describe, expect, it } from '@jest/globals';
import { CachedAnswer } from './cached-answer.js';

const at = (ms: number): Date => new Date(1_000_000 + ms);

describe('CachedAnswer', () => {
  it('computes once within the maximum age, also for concurrent callers', async () => {
    const cached = new CachedAnswer<number>(100);
    let found = 0;
    const find = (): Promise<number> => Promise.resolve((found += 1));
    const asked = [0, 0, 100].map((ms) => cached.get(at(ms), find));
    expect(await Promise.all(asked)).toEqual([1, 1, 1]);
    expect(await cached.get(at(101), find)).toBe(2);
    expect(await cached.get(at(201), find)).toBe(2);
  });

  it('retries after a failure, and a late failure does not evict a newer answer', async () => {
    const cached = new CachedAnswer<string>(100);
    const failed = cached.get(at(0), () => Promise.reject(new Error('away')));
    await expect(failed).rejects.toThrow('away');
    expect(await cached.get(at(1), () => Promise.resolve('there'))).toBe('there');
    let fail: (error: Error) => void = () => undefined;
    const slow = cached.get(at(200), () => new Promise((_, reject) => (fail = reject)));
    await cached.get(at(400), () => Promise.resolve('newer'));
    fail(new Error('late'));
    await expect(slow).rejects.toThrow('late');
    expect(await cached.get(at(401), () => Promise.resolve('again'))).toBe('newer');
  });
});

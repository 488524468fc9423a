import { describe, expect, it } from '@jest/globals';
import { BoundedCache } from './bounded-cache.js';

describe('BoundedCache', () => {
  const full = (): BoundedCache<number> => {
    const cache = new BoundedCache<number>(100);
    for (let n = 0; n < 10; n += 1) cache.set(`first-${n}`, n, 10);
    return cache;
  };
  const there = (cache: BoundedCache<number>, name: string, count: number): number =>
    Array.from({ length: count }, (_, n) => cache.get(`${name}-${n}`)).filter(
      (value) => value !== undefined,
    ).length;

  it('never exceeds its maximum size', () => {
    const cache = new BoundedCache<number>(1_000);
    for (let n = 0; n < 5_000; n += 1) {
      cache.set(`value-${n % 700}`, n, 1 + ((n * 37) % 90));
      expect(cache.bytes).toBeLessThanOrEqual(1_000);
    }
    expect(cache.bytes).toBeGreaterThan(800);
  });

  it('replaces the value of an existing key at once, even when full', () => {
    const cache = full();
    cache.set('first-3', 33, 10);
    expect([cache.get('first-3'), cache.bytes]).toEqual([33, 100]);
    cache.set('first-3', 34, 4);
    expect([cache.get('first-3'), cache.bytes]).toEqual([34, 94]);
  });

  it('rejects a value that is larger than the cache, and evicts the one it would replace', () => {
    const cache = full();
    cache.set('first-3', 33, 101);
    expect([cache.get('first-3'), cache.bytes]).toEqual([undefined, 90]);
  });

  it('admits one of eight new values while it is full', () => {
    const cache = full();
    for (let n = 0; n < 40; n += 1) cache.set(`new-${n}`, n, 10);
    expect(there(cache, 'new', 40)).toBe(5);
    expect(there(cache, 'first', 10)).toBe(5);
  });

  it('tells before a value is prepared whether it would be kept', () => {
    expect(new BoundedCache<number>(100).admits(10)).toBe(true);
    const cache = full();
    for (let n = 0; n < 40; n += 1) if (cache.admits(10)) cache.put(`new-${n}`, n, 10);
    expect(there(cache, 'new', 40)).toBe(5);
    expect(cache.bytes).toBe(100);
  });

  it('admits fewer new values where that was asked for', () => {
    const cache = new BoundedCache<number>(100, 20);
    for (let n = 0; n < 50; n += 1) cache.set(`new-${n}`, n, 10);
    expect(there(cache, 'new', 10)).toBe(8);
    expect([29, 49].map((n) => cache.get(`new-${n}`))).toEqual([29, 49]);
  });

  it('frees the space of deleted values', () => {
    const cache = full();
    cache.delete('first-3');
    cache.delete('never');
    expect([cache.get('first-3'), cache.size, cache.bytes]).toEqual([undefined, 9, 90]);
    cache.clear();
    expect([cache.size, cache.bytes]).toEqual([0, 0]);
  });

  it('evicts the least recently used values first', () => {
    const cache = full();
    for (const n of [0, 1, 2]) cache.get(`first-${n}`);
    for (let n = 0; n < 32; n += 1) cache.set(`new-${n}`, n, 10);
    expect([0, 1, 2].map((n) => cache.get(`first-${n}`))).toEqual([0, 1, 2]);
    expect([3, 4, 5, 6].map((n) => cache.get(`first-${n}`))).toEqual(Array(4).fill(undefined));
  });
});

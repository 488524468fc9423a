import { describe, expect, it } from '@jest/globals';
import { Doorkeeper, hashOf } from './doorkeeper.js';

describe('Doorkeeper', () => {
  it('knows what was asked for before', () => {
    const door = new Doorkeeper();
    const ids = Array.from({ length: 1_000 }, (_, id) => id * 7);
    expect(ids.filter((id) => door.knows(id)).length).toBeLessThan(20);
    expect(ids.every((id) => door.knows(id))).toBe(true);
  });

  it('forgets, so that it never takes everything for known', () => {
    const door = new Doorkeeper();
    let taken = 0;
    for (let id = 0; id < 1_000_000; id += 1) if (door.knows(id)) taken += 1;
    expect(taken).toBeLessThan(500_000);
  });

  it('tells texts apart by their hash', () => {
    expect(hashOf('en guest')).not.toBe(hashOf('en member'));
    expect(hashOf('')).toBe(0);
  });
});

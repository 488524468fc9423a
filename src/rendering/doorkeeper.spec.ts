import { describe, expect, it } from '@jest/globals';
import { randomFor } from '../seed/random.js';
import { Doorkeeper, hashOf } from './doorkeeper.js';

describe('Doorkeeper', () => {
  it('knows what was asked for before', () => {
    const door = new Doorkeeper();
    const ids = Array.from({ length: 1_000 }, (_, id) => id * 7);
    expect(ids.filter((id) => door.knows(id)).length).toBeLessThan(20);
    expect(ids.every((id) => door.knows(id))).toBe(true);
  });

  it('forgets, so that it takes few of many new keys for known', () => {
    const door = new Doorkeeper();
    const random = randomFor(1, 'door');
    let taken = 0;
    for (let at = 0; at < 300_000; at += 1) if (door.knows(random.below(2 ** 32))) taken += 1;
    expect(taken).toBeLessThan(9_000);
  });

  it('tells texts apart by their hash', () => {
    expect(hashOf('en guest')).not.toBe(hashOf('en member'));
    expect(hashOf('')).toBe(0);
  });
});

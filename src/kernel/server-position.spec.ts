import { describe, expect, it } from '@jest/globals';
import { PositionHistory } from './server-position.js';

describe('PositionHistory', () => {
  const history = new PositionHistory(10_000);
  history.add(1_000, 100n);
  history.add(2_000, 200n);
  history.add(3_000, 200n);
  history.add(4_000, 300n);

  it.each([
    ['all of it', 300n, 5_000, 1_000],
    ['more than was seen', 400n, 5_000, 1_000],
    ['less than the newest', 299n, 5_000, 2_000],
    // The primary was idle: the later of the two times counts.
    ['a moment that was seen twice', 200n, 5_000, 2_000],
    ['the oldest', 100n, 5_000, 4_000],
    ['nothing that was seen', 99n, 5_000, null],
    // The primary is unreachable: the lag grows, whatever the replica has replayed.
    ['all of it, long ago', 300n, 64_000, 60_000],
  ] as const)('gives the lag of a replica at %s', (_name, position, now, lag) => {
    expect(history.lagOf(position, now)).toBe(lag);
  });

  it('gives null beyond the remembered positions, and on a new timeline', () => {
    const short = new PositionHistory(1_500);
    short.add(1_000, 100n);
    short.add(2_000, 200n);
    short.add(3_000, 300n);
    expect([short.lagOf(100n, 3_000), short.lagOf(200n, 3_000)]).toEqual([null, 1_000]);
    short.clear();
    expect(short.lagOf(300n, 3_000)).toBeNull();
  });
});

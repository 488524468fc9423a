import { describe, expect, it } from '@jest/globals';
import { ComputedOnce } from './computed-once.js';

describe('ComputedOnce', () => {
  it('returns the same value for a key until the limit is exceeded', () => {
    const squares = new ComputedOnce<number>(3);
    const computed: number[] = [];
    const square = (n: number): number =>
      squares.get(String(n), () => {
        computed.push(n);
        return n * n;
      });
    expect([1, 2, 1, 3, 2].map(square)).toEqual([1, 4, 1, 9, 4]);
    expect(computed).toEqual([1, 2, 3]);
    expect([4, 4, 1].map(square)).toEqual([16, 16, 1]);
    expect(computed).toEqual([1, 2, 3, 4, 1]);
  });
});

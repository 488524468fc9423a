import { describe, expect, it } from '@jest/globals';
import { MIN_SAMPLES, tendencies, type RatedUse } from './tendencies.js';

const uses = (thing: string, pairs: [number, number][]): RatedUse[] =>
  pairs.map(([before, after]) => ({ thing, name: thing, before, after }));

describe('what tends to help', () => {
  it('is unknown with fewer than three notes', () => {
    const few = uses(
      'walk',
      Array.from({ length: MIN_SAMPLES - 1 }, () => [0, 10] as [number, number]),
    );
    expect(tendencies(few)).toEqual([
      { name: 'walk', count: 2, before: 0, after: 10, says: 'too-little' },
    ]);
  });

  it('reports mostly easier, mostly harder, or mixed', () => {
    expect(
      tendencies(
        uses('a', [
          [2, 5],
          [3, 6],
          [4, 5],
        ]),
      )[0]?.says,
    ).toBe('often-easier');
    expect(
      tendencies(
        uses('a', [
          [5, 2],
          [6, 3],
          [5, 4],
        ]),
      )[0]?.says,
    ).toBe('often-harder');
    expect(
      tendencies(
        uses('a', [
          [5, 6],
          [5, 5],
          [5, 4],
        ]),
      )[0]?.says,
    ).toBe('mixed');
    expect(
      tendencies(
        uses('a', [
          [5, 5],
          [5, 5],
          [5, 5],
        ]),
      )[0]?.says,
    ).toBe('mixed');
  });

  it('reports means to one decimal place', () => {
    expect(
      tendencies(
        uses('a', [
          [1, 2],
          [2, 4],
          [2, 5],
        ]),
      )[0],
    ).toMatchObject({ before: 1.7, after: 3.7, count: 3 });
  });

  it('lists the most helpful first and unknown last', () => {
    const all = [
      ...uses('one', [[1, 9]]),
      ...uses('harder', [
        [5, 1],
        [5, 1],
        [5, 1],
      ]),
      ...uses('much', [
        [1, 7],
        [1, 7],
        [1, 7],
      ]),
      ...uses('little', [
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
    ];
    expect(tendencies(all).map(({ name }) => name)).toEqual(['much', 'little', 'harder', 'one']);
  });

  it('is empty without notes', () => {
    expect(tendencies([])).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadClassifier, type WeightsFile } from './classifier-weights.js';
import type { FeatureTable } from './feature-table.js';

const FILE = new URL('./rules/wording.json', import.meta.url);

/** @param name of one part, of a pair (`a b`), or of a pair with a gap (`a _ b`) */
function rowOf(features: FeatureTable, name: string): number {
  const [first = '', second, third] = name.split(' ');
  if (second === undefined) return features.row(name);
  return third === undefined
    ? features.pair(features.part(first), features.part(second))
    : features.gap(features.part(first), features.part(third));
}

describe('classifier weights', () => {
  it('are integer hundredths, one row for each feature', () => {
    const { weights } = JSON.parse(readFileSync(FILE, 'utf8')) as WeightsFile;
    const { features, numbers } = loadClassifier();
    const names = Object.keys(weights);
    expect(features.size).toBe(names.length);
    expect(names.filter((name, row) => rowOf(features, name) !== row)).toEqual([]);
    const read = Object.values(weights).map((list, at) => {
      const expected = list.split(' ').map(Number);
      return (
        expected.length === 4 && expected.every((each, column) => numbers[at * 4 + column] === each)
      );
    });
    expect(read.length).toBeGreaterThan(10_000);
    expect(read.filter((same) => !same)).toEqual([]);
  });
});

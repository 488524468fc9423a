import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadClassifier, type WeightsFile } from './classifier-weights.js';

const FILE = new URL('./rules/wording.json', import.meta.url);

describe('classifier weights', () => {
  it('are integer hundredths, one row for each feature', () => {
    const { weights } = JSON.parse(readFileSync(FILE, 'utf8')) as WeightsFile;
    const { features, numbers } = loadClassifier();
    expect(features.names).toEqual(Object.keys(weights));
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

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadClassifier, type WeightsFile } from './classifier-weights.js';

const FILE = new URL('./rules/wording.json', import.meta.url);

describe('classifier weights', () => {
  it('are integer hundredths, one row for each feature', () => {
    const { weights } = JSON.parse(readFileSync(FILE, 'utf8')) as WeightsFile;
    const { rows, numbers } = loadClassifier();
    expect([...rows.keys()]).toEqual(Object.keys(weights));
    const read = Object.entries(weights).map(([feature, list]) => {
      const [rarity = 0, ...own] = list.split(' ').map((each) => Number(each) / 100);
      const row = (rows.get(feature) ?? -1) * 4;
      const expected = [rarity * rarity, ...own.map((each) => each * rarity)];
      return expected.length === 4 && expected.every((each, at) => numbers[row + at] === each);
    });
    expect(read.length).toBeGreaterThan(10_000);
    expect(read.filter((same) => !same)).toEqual([]);
  });
});

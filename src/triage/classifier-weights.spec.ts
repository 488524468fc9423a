import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadClassifier, packClassifier, type WeightsFile } from './classifier-weights.js';
import { FeatureTable, NO_ROW } from './feature-table.js';
import { readPacked } from './packed-classifier.js';

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

  it('are the same as the build stores them, and are not read if they are of other weights', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sameboat-weights-'));
    const file = join(folder, 'packed');
    try {
      const { features, numbers, bias } = loadClassifier();
      expect(packClassifier(file)).toBe(features.size);
      const { size } = statSync(FILE);
      const packed = readPacked(size, file);
      expect(packed?.bias).toEqual(bias);
      expect(packed?.numbers.length).toBe(numbers.length);
      expect(numbers.every((number, at) => number === packed?.numbers[at])).toBe(true);
      const read = new FeatureTable(packed?.features);
      expect(read.size).toBe(features.size);
      const { weights } = JSON.parse(readFileSync(FILE, 'utf8')) as WeightsFile;
      expect(Object.keys(weights).filter((name, row) => rowOf(read, name) !== row)).toEqual([]);
      expect([read.sentenceStart, read.sentenceEnd]).toEqual([
        features.sentenceStart,
        features.sentenceEnd,
      ]);
      for (const name of ['no-such-word', 'a no-such-word', 'a _ no-such-word'])
        expect(rowOf(read, name)).toBe(NO_ROW);
      expect(readPacked(size + 1, file)).toBeNull();
      expect(readPacked(size, `${file}-missing`)).toBeNull();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import { randomFor } from '../seed/random.js';
import { CopiedRows, tokenizeWithOffsets } from './copied-rows.js';

const SIGNS = [
  'so',
  'So',
  'LOW',
  'low',
  'café',
  'ｌｏｗ',
  'K',
  'k',
  '7',
  'ΟΔΟΣ',
  'οδος',
  '語',
  '𝐥𝐨𝐰',
];
const BETWEEN = [' ', ' ', ', ', '’', '. ', '\n> ', ' 🙂 ', '́', '_'];

/**
 * Reference implementation: which words belong to a sequence that also occurs in one of the others,
 * checked sequence by sequence.
 */
function asked(text: string, others: readonly string[], least: number): boolean[] {
  const words = tokenizeWithOffsets(text).map(({ word }) => word);
  const size = Math.min(least, words.length);
  const whole = others.map(
    (other) =>
      ` ${tokenizeWithOffsets(other)
        .map(({ word }) => word)
        .join(' ')} `,
  );
  return words.map((_, at) =>
    words.some((_word, start) => {
      const row = words.slice(start, start + size);
      const holds = start <= at && at < start + size && row.length === size;
      return holds && whole.some((other) => other.includes(` ${row.join(' ')} `));
    }),
  );
}

describe('copied word sequences', () => {
  it('are found regardless of punctuation and length', () => {
    const random = randomFor(11, 'copied');
    const some = (most: number): string =>
      Array.from(
        { length: random.below(most) },
        () => random.pick(SIGNS) + random.pick(BETWEEN),
      ).join('');
    let taken = 0;
    for (let round = 0; round < 400; round += 1) {
      const [text, others] = [some(12), [some(30), some(4), '', some(9)]];
      const rows = new CopiedRows(text, others);
      for (const least of [1, 2, 3, 6]) {
        const found = rows.taken(tokenizeWithOffsets(text), least);
        expect(found).toEqual(asked(text, others, least));
        taken += found.filter(Boolean).length;
      }
    }
    expect(taken).toBeGreaterThan(1_000);
  });

  it('are found among very many others', () => {
    const random = randomFor(13, 'copied');
    const many = 'low '.repeat(90_000);
    for (let round = 0; round < 20; round += 1) {
      const text = Array.from({ length: 12 }, () => random.pick(SIGNS)).join(' ');
      const others = [many, text.slice(0, random.below(text.length)), 'so very low'];
      const rows = new CopiedRows(text, others);
      for (const least of [2, 3])
        expect(rows.taken(tokenizeWithOffsets(text), least)).toEqual(asked(text, others, least));
    }
  });

  it('do not span two texts', () => {
    const rows = new CopiedRows('so very low', ['so very', 'low']);
    expect(rows.taken(tokenizeWithOffsets('so very low'), 3)).toEqual([false, false, false]);
    expect(rows.taken(tokenizeWithOffsets('so very low'), 2)).toEqual([true, true, false]);
  });

  it('are absent if the other texts have no words', () => {
    expect(new CopiedRows('low', ['…', '']).empty).toBe(true);
    expect(new CopiedRows('low', ['…', 'É']).empty).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';
import { characteristicWords, wordsOf } from './similar.service.js';

describe('what a text is about', () => {
  it('is read from its words, each once, without accents and the smallest', () => {
    expect(wordsOf('At night, at NIGHT: the café… 100 😀 שלום')).toEqual([
      'night',
      'the',
      'cafe',
      '100',
      'שלום',
    ]);
    expect(wordsOf(' 😀 a b ')).toEqual([]);
    expect(wordsOf('word '.repeat(9_000)).length).toBe(1);
    expect(wordsOf(Array.from({ length: 500 }, (_, n) => `word${n}`).join(' ')).length).toBe(80);
  });

  it('is said by the rarest words that are known', () => {
    const documents = new Map([
      ['sleep', 90],
      ['night', 200],
      ['shifts', 3],
    ]);
    expect(characteristicWords(['night', 'shifts', 'unheard', 'sleep'], documents)).toEqual([
      'shifts',
      'sleep',
      'night',
    ]);
  });

  it('is said by the longest words where none is known', () => {
    expect(characteristicWords(['one', 'seven', 'twelve'], new Map())).toEqual([
      'twelve',
      'seven',
      'one',
    ]);
  });
});

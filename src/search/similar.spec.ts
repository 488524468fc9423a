import { describe, expect, it } from '@jest/globals';
import { characteristicWords, contentWordsOf, wordWeights } from './similar.service.js';

describe('wordsOf and characteristicWords', () => {
  it('list each word once, without accents and very short words', () => {
    expect(contentWordsOf('At night, at NIGHT: the café… 100 😀 שלום')).toEqual([
      'night',
      'the',
      'cafe',
      '100',
      'שלום',
    ]);
    expect(contentWordsOf(' 😀 a b ')).toEqual([]);
    expect(contentWordsOf('word '.repeat(9_000)).length).toBe(1);
    expect(contentWordsOf(Array.from({ length: 500 }, (_, n) => `word${n}`).join(' ')).length).toBe(
      80,
    );
  });

  it('choose the rarest known words', () => {
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

  it('choose the longest words if none is known', () => {
    expect(characteristicWords(['one', 'seven', 'twelve'], new Map())).toEqual([
      'twelve',
      'seven',
      'one',
    ]);
  });

  it('weighs the words of a text by how few posts have them, without common ones', () => {
    const weights = wordWeights([
      { word: 'bailiffs', posts: 1, outOf: 1_000 },
      { word: 'letters', posts: 20, outOf: 1_000 },
      { word: 'coming', posts: 300, outOf: 1_000 },
      { word: 'unseen', posts: 0, outOf: 1_000 },
    ]);
    expect([...weights.keys()]).toEqual(['unseen', 'bailiffs', 'letters']);
    expect(weights.get('bailiffs')).toBeCloseTo(6.9, 1);
  });
});

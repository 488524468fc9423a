import { describe, expect, it } from '@jest/globals';
import { editDistance, meant, slipsAllowed } from './spelling.js';

describe('slips of typing', () => {
  it.each([
    ['anxiety', 'anxeity', 1],
    ['sleep', 'slep', 1],
    ['panic', 'panick', 1],
    ['same', 'same', 0],
    ['grief', 'greif', 1],
    ['', 'ab', 2],
    ['garden', 'kitten', 4],
  ])('between %s and %s there are %s', (a, b, slips) => {
    expect(editDistance(a, b, 5)).toBe(slips);
    expect(editDistance(b, a, 5)).toBe(slips);
  });

  it('are not counted further than they matter', () => {
    expect(editDistance('a', 'abcdefgh', 2)).toBe(3);
  });

  it('are allowed in longer words only', () => {
    expect([2, 3, 4, 6, 7, 20].map(slipsAllowed)).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe('the word that was meant', () => {
  const known = [
    { word: 'sleep', documents: 9 },
    { word: 'sleet', documents: 2 },
    { word: 'asleep', documents: 4 },
  ];

  it('has the fewest slips, then the most texts', () => {
    expect(meant('sleeo', known)).toBe('sleep');
    expect(meant('asleeep', known)).toBe('asleep');
  });

  it('is none where nothing is near, and none where it is the word itself', () => {
    expect(meant('window', known)).toBeNull();
    expect(meant('sleep', known.slice(0, 1))).toBeNull();
  });
});

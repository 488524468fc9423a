import { describe, expect, it } from '@jest/globals';
import { meant, slipsAllowed } from './spelling.js';

describe('slips of typing', () => {
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

import { describe, expect, it } from '@jest/globals';
import { closestWord, editsAllowed } from './spelling.js';

describe('editsAllowed', () => {
  it('allows mistakes in longer words only', () => {
    expect([2, 3, 4, 6, 7, 20].map(editsAllowed)).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe('closestWord', () => {
  const known = [
    { word: 'sleep', documents: 9 },
    { word: 'sleet', documents: 2 },
    { word: 'asleep', documents: 4 },
  ];

  it('has the fewest edits, then the most documents', () => {
    expect(closestWord('sleeo', known)).toBe('sleep');
    expect(closestWord('asleeep', known)).toBe('asleep');
  });

  it('is null if no word is close enough, or it is the word itself', () => {
    expect(closestWord('window', known)).toBeNull();
    expect(closestWord('sleep', known.slice(0, 1))).toBeNull();
  });
});

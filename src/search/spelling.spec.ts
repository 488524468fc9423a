import { describe, expect, it } from '@jest/globals';
import { closestWord, editsAllowed } from './spelling.js';

describe('slips of typing', () => {
  it('are allowed in longer words only', () => {
    expect([2, 3, 4, 6, 7, 20].map(editsAllowed)).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe('the closest known word', () => {
  const known = [
    { word: 'sleep', documents: 9 },
    { word: 'sleet', documents: 2 },
    { word: 'asleep', documents: 4 },
  ];

  it('has the fewest slips, then the most texts', () => {
    expect(closestWord('sleeo', known)).toBe('sleep');
    expect(closestWord('asleeep', known)).toBe('asleep');
  });

  it('is none where nothing is near, and none where it is the word itself', () => {
    expect(closestWord('window', known)).toBeNull();
    expect(closestWord('sleep', known.slice(0, 1))).toBeNull();
  });
});

import { describe, expect, it } from '@jest/globals';
import { editDistance } from './edit-distance.js';

describe('editDistance', () => {
  it.each([
    ['anxiety', 'anxeity', 1],
    ['sleep', 'slep', 1],
    ['panic', 'panick', 1],
    ['panik', 'panic', 1],
    ['same', 'same', 0],
    ['grief', 'greif', 1],
    ['', 'ab', 2],
    ['garden', 'kitten', 4],
    ['sleep', 'grief', 4],
  ])('between %s and %s is %s', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  it('stops at the limit', () => {
    expect(editDistance('a', 'abcdefgh', 2)).toBe(3);
    expect(editDistance('garden', 'kitten', 2)).toBe(3);
    expect(editDistance('garden', 'kitten', 4)).toBe(4);
  });

  it('counts a late transposition correctly', () => {
    expect(editDistance('abdc', 'abcd', 1)).toBe(1);
    expect(editDistance('xabdc', 'abcd', 2)).toBe(2);
  });
});

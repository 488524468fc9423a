import { describe, expect, it } from '@jest/globals';
import { splitHyphens } from './search-query.js';

describe('words as a search takes them', () => {
  it.each([
    ['well-being', '"well being"'],
    ['my mother-in-law says', 'my "mother in law" says'],
    ['sleep -well-being', 'sleep -"well being"'],
    ['"well-being at work" now', '"well being at work" now'],
    ['"well-being', '"well being'],
    ['sleep -walking', 'sleep -walking'],
    ['a - b, 2026-01-02', 'a - b, 2026-01-02'],
    ['a b2-c-d x--y', 'a b2-c-d x--y'],
    ['año-luz', '"año luz"'],
    ['-', '-'],
  ])('%s becomes %s', (words, expected) => {
    expect(splitHyphens(words)).toBe(expected);
  });
});

import { describe, expect, it } from '@jest/globals';
import { threadIdIn } from './merge.dto.js';

describe('the address of a thread', () => {
  it.each([
    ['12', '12'],
    [' /t/12 ', '12'],
    ['https://boat.example/t/12?page=2#post-24', '12'],
    ['/t/12#post-3', '12'],
    ['https://boat.example/c/12', null],
    ['12 and 13', null],
    ['0', null],
  ])('is read from %s', (text, id) => {
    expect(threadIdIn(text)).toBe(id);
  });
});

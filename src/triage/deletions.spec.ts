import { describe, expect, it } from '@jest/globals';
import { Deletions } from './deletions.js';

/** Every word of three letters of these, and some longer ones. */
const WORDS = new Set(
  ['a', 'b', 'c', "'"].flatMap((first) =>
    ['a', 'b', 'c'].flatMap((second) =>
      ['ad', 'bdd', 'dcba', 'd'.repeat(12)].map((rest) => first + second + rest),
    ),
  ),
);

describe('words with one letter removed', () => {
  const shortest = 5;
  const deletions = new Deletions(WORDS, shortest);
  const expected = new Set(
    [...WORDS]
      .filter((word) => word.length >= shortest)
      .flatMap((word) => Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))),
  );

  it('are found, each of them', () => {
    expect(expected.size).toBe(92);
    expect([...expected].filter((text) => !deletions.has(text))).toEqual([]);
  });

  it('are told from anything else', () => {
    const others = [...expected].flatMap((text) =>
      ['a', 'd', 'e', ''].flatMap((letter) => [text + letter, letter + text, text.slice(1)]),
    );
    expect(others.filter((text) => deletions.has(text) !== expected.has(text))).toEqual([]);
    // The words themselves, and what is too short.
    for (const text of ['', 'a', 'ab', 'aba', ...WORDS])
      expect(deletions.has(text)).toBe(expected.has(text));
  });
});

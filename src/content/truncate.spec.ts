import { describe, expect, it } from '@jest/globals';
import { truncate, truncateGraphemes } from './truncate.js';

describe('truncate', () => {
  it.each([
    ['is left alone where it is short enough', 'a few words', 11, 'a few words'],
    ['ends after a word', 'several words that go on', 15, 'several words …'],
    ['ends where a word ends at the very length', 'several words that', 13, 'several words …'],
    ['is cut inside a word that is too long', 'a' + 'b'.repeat(40), 20, `a${'b'.repeat(19)} …`],
    ['is cut between signs without spaces', '眠れない夜が続いています', 6, '眠れない夜が …'],
    ['keeps a pair of surrogates whole', `${'x'.repeat(9)}😀 y`, 10, `${'x'.repeat(9)} …`],
    ['keeps a joined emoji whole', `${'x'.repeat(8)}👩‍👩‍👧‍👦 y`, 12, `${'x'.repeat(8)} …`],
    ['keeps a letter and its accent', `${'x'.repeat(9)}e\u0301z`, 10, `${'x'.repeat(9)} …`],
    ['keeps a flag', `${'x'.repeat(8)}🇬🇧🇮🇪`, 10, `${'x'.repeat(8)} …`],
  ])('%s', (_, text, most, cut) => expect(truncate(text, most)).toBe(cut));
});

describe('truncateGraphemes', () => {
  it.each([
    ['is the text where it is short enough', 'a 😀', 4, 'a 😀'],
    ['keeps a pair of surrogates whole', 'abc😀', 4, 'abc'],
    ['keeps a joined emoji whole', 'a👩‍👩‍👧‍👦', 8, 'a'],
  ])('%s', (_, text, most, cut) => expect(truncateGraphemes(text, most)).toBe(cut));
});

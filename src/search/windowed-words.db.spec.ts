import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import {
  inAnyWindow,
  inWindows,
  PART_BITS,
  WINDOW_BITS,
  withoutPositions,
} from './windowed-words.js';

const { small, large } = PART_BITS;
const FIFTH = 5 << WINDOW_BITS;

describe('words by window', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  /** Whether a post with `words` and the labels of its id is found for `query` between two ids. */
  const finds = async (
    words: string,
    query: string,
    at: { id: number; bits: number; first: number; last: number },
  ): Promise<boolean> => {
    const { found } = await db.make.one<{ found: boolean }>(
      `
        select window_words(
          $1::tsvector || array_to_tsvector(array['#1-' || ($3::bigint >> 11), '#2-' || ($3 >> 14)]),
          $3) @@ ${inWindows('q.anywhere', '$4::int', '$5::bigint', '$6::bigint')} as found
        from (select ${inAnyWindow(withoutPositions('$2::tsquery'))} as anywhere) q
      `,
      [words, query, at.id, at.bits, at.first, at.last],
    );
    return found;
  };
  const inFifth = { id: FIFTH + 7, bits: WINDOW_BITS, first: FIFTH, last: FIFTH };

  it.each([
    ["'kettl':1 'window':2", "'kettl'", true],
    ["'kettl':1 'window':2", "'kettl' & 'window' | 'tea'", true],
    ["'kettl':1 'window':2", "'kettl' & 'tea'", false],
    ["'kettl':1 'window':3", "'kettl' <2> 'window'", true],
    ["'kettl':1 'tea':3", "'kettl' <2> 'window'", false],
    ["'kettl':1", "'kettl' & !'tea'", true],
    ["'kettl'", "'kett'", false],
    ["'o''neil'", "'o''neil'", true],
    ["'50%s' '100%'", "'50%s' & '100%'", true],
    ["'c:\\\\tea'", "'c:\\\\tea'", true],
    ["'#5' 'tea'", "'#5' & 'tea'", true],
    ["'tea#5'", "'tea'", false],
  ])('%s are found for %s: %s', async (words, query, expected) => {
    expect(await finds(words, query, inFifth)).toBe(expected);
  });

  it.each([
    [WINDOW_BITS, FIFTH - 1, FIFTH + 1, true],
    [WINDOW_BITS, FIFTH - 1, FIFTH - 1, false],
    [WINDOW_BITS, FIFTH + (1 << WINDOW_BITS), 2 * FIFTH, false],
    [large, FIFTH + (1 << large) - 1, 2 * FIFTH, true],
    [large, FIFTH + (1 << large), 2 * FIFTH, false],
    [small, 0, FIFTH, true],
    [small, FIFTH + (1 << small), 2 * FIFTH, false],
  ])('are found in parts of 2^%s ids from %s to %s: %s', async (bits, first, last, expected) => {
    expect(await finds("'tea'", "'tea'", { id: FIFTH + 7, bits, first, last })).toBe(expected);
  });

  it('are those of a long text without what is too long', async () => {
    const long = `'${'x'.repeat(2_045)}'`;
    expect(await finds(`${long} 'tea'`, "'tea'", inFifth)).toBe(true);
    expect(await finds(`'tea'`, `'tea' | ${long}`, inFifth)).toBe(true);
    expect(await finds(long, "'tea'", inFifth)).toBe(false);
  });
});

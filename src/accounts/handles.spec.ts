import { describe, expect, it } from '@jest/globals';
import { looksReal, suggestHandle, tellsAddress } from './handles.js';

describe('a handle and an address', () => {
  it.each([
    ['jane-smith', 'jane.smith@mail.net', true],
    ['JaneSmith', 'jane.smith@mail.net', true],
    ['quiet-heron', 'jane.smith@mail.net', false],
    ['ann', 'ann@mail.net', false],
    // Nobody can have these addresses, so nothing is given away.
    ['jane-smith', 'jane.smith@example.org', false],
    ['jane-smith', 'jane.smith@mail.example.com', false],
    ['jane-smith', 'jane.smith@some.test', false],
    ['jane-smith', 'jane.smith@notexample.org', true],
  ])('%s and %s: %s', (handle, email, tells) => {
    expect(tellsAddress(handle, email)).toBe(tells);
  });
});

describe('a handle that looks like a real name', () => {
  it.each([
    'JaneSmith',
    'Jane-Smith',
    'jane-smith',
    'jane-smith84',
    'JaneSmith1984',
    'moss1984',
    'quiet-heron2004',
    'jane-gmail-com',
    'hotmailjane',
  ])('is worth a word: %s', (handle) => {
    expect(looksReal(handle)).toBe(true);
  });

  it.each(['quiet-heron', 'amber-wren07', 'hazel-tide', 'Jane', 'kettle-on', 'late-swift26'])(
    'is not %s',
    (handle) => {
      expect(looksReal(handle)).toBe(false);
    },
  );

  it('is none of those that we suggest', () => {
    const suggested = Array.from({ length: 400 }, (_, n) =>
      suggestHandle((below) => (n * 7 + below) % below),
    );
    expect(suggested.filter(looksReal)).toEqual([]);
  });
});

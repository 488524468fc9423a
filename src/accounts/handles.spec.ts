import { describe, expect, it } from '@jest/globals';
import { resemblesRealName, suggestHandle, revealsAddress } from './handles.js';

describe('revealsAddress', () => {
  it.each([
    ['jane-smith', 'jane.smith@mail.net', true],
    ['JaneSmith', 'jane.smith@mail.net', true],
    ['quiet-heron', 'jane.smith@mail.net', false],
    ['ann', 'ann@mail.net', false],
    // Nobody can have these addresses, so nothing is revealed.
    ['jane-smith', 'jane.smith@example.org', false],
    ['jane-smith', 'jane.smith@mail.example.com', false],
    ['jane-smith', 'jane.smith@some.test', false],
    ['jane-smith', 'jane.smith@notexample.org', true],
  ])('for %s and %s is %s', (handle, email, tells) => {
    expect(revealsAddress(handle, email)).toBe(tells);
  });
});

describe('resemblesRealName', () => {
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
  ])('warns about %s', (handle) => {
    expect(resemblesRealName(handle)).toBe(true);
  });

  it.each(['quiet-heron', 'amber-wren07', 'hazel-tide', 'Jane', 'kettle-on', 'late-swift26'])(
    'does not warn about %s',
    (handle) => {
      expect(resemblesRealName(handle)).toBe(false);
    },
  );

  it('never warns about a suggested handle', () => {
    const suggested = Array.from({ length: 400 }, (_, n) =>
      suggestHandle((below) => (n * 7 + below) % below),
    );
    expect(suggested.filter(resemblesRealName)).toEqual([]);
  });
});

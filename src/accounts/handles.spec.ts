import { describe, expect, it } from '@jest/globals';
import { tellsAddress } from './handles.js';

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

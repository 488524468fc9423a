import { describe, expect, it } from '@jest/globals';
import { readIdCursor, escapeLike, FIRST_PAGE } from './pagination.js';

describe('pagination', () => {
  it('continues before the requested id', () => {
    expect(readIdCursor('42')).toBe('42');
  });

  it.each([undefined, '', '0', '-1', '1e3', 'x', '1234567890123456789', ['1']])(
    'starts with the newest for %j',
    (sent) => {
      expect(readIdCursor(sent)).toBe(FIRST_PAGE);
    },
  );

  it('escapes LIKE patterns', () => {
    expect(escapeLike('100% _sure\\')).toBe('100\\% \\_sure\\\\');
  });
});

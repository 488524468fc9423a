import { describe, expect, it } from '@jest/globals';
import { readIdCursor, escapeLike, FIRST_PAGE } from './pagination.js';

describe('pagination', () => {
  it('goes on before the id that was asked for', () => {
    expect(readIdCursor('42')).toBe('42');
  });

  it.each([undefined, '', '0', '-1', '1e3', 'x', '1234567890123456789', ['1']])(
    'begins with the newest for %j',
    (sent) => {
      expect(readIdCursor(sent)).toBe(FIRST_PAGE);
    },
  );

  it('finds what LIKE would take for a pattern', () => {
    expect(escapeLike('100% _sure\\')).toBe('100\\% \\_sure\\\\');
  });
});

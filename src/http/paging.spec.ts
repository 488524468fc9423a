import { describe, expect, it } from '@jest/globals';
import { beforeId, escapeLike, NEWEST } from './paging.js';

describe('paging', () => {
  it('goes on before the id that was asked for', () => {
    expect(beforeId('42')).toBe('42');
  });

  it.each([undefined, '', '0', '-1', '1e3', 'x', '1234567890123456789', ['1']])(
    'begins with the newest for %j',
    (sent) => {
      expect(beforeId(sent)).toBe(NEWEST);
    },
  );

  it('finds what LIKE would take for a pattern', () => {
    expect(escapeLike('100% _sure\\')).toBe('100\\% \\_sure\\\\');
  });
});

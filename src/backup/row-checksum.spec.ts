import { describe, expect, it } from '@jest/globals';
import { RowChecksum } from './row-checksum.js';

function checksum(...pieces: string[]): { rows: number; sum: string } {
  const made = new RowChecksum();
  for (const piece of pieces) made.update(Buffer.from(piece));
  return { rows: made.rows, sum: made.sum() };
}

describe('a checksum of rows', () => {
  it('does not depend on chunks and row order', () => {
    const whole = checksum('1\tone\n2\ttwo\n3\tthree\n');
    expect(whole.rows).toBe(3);
    expect(checksum('1\to', 'ne\n2\ttwo\n3\tth', 'ree\n')).toEqual(whole);
    expect(checksum('3\tthree\n1\tone\n2\ttwo\n')).toEqual(whole);
  });

  it('differs for a changed, missing or duplicated row', () => {
    const { sum } = checksum('1\tone\n2\ttwo\n');
    for (const other of ['1\tone\n2\ttwo.\n', '1\tone\n', '1\tone\n2\ttwo\n2\ttwo\n', '\n\n'])
      expect(checksum(other).sum).not.toBe(sum);
  });

  it('is not computed for an incomplete row', () => {
    expect(() => checksum('1\tone')).toThrow(/in the middle/);
  });
});

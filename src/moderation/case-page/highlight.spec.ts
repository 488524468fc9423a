import { describe, expect, it } from '@jest/globals';
import { splitHighlights } from './highlight.js';

const mark = (
  from: number,
  to: number,
  why = 'a reason',
): { rule: string; span: [number, number]; why: string } => ({ rule: 'r', span: [from, to], why });
const said = (text: string, ...signals: ReturnType<typeof mark>[]): [string, string | null][] =>
  splitHighlights(text, signals, ({ why }) => why ?? '').map((piece) => [piece.text, piece.why]);

describe('marked words', () => {
  it('split the text without changing it', () => {
    expect(said('one two three', mark(4, 7))).toEqual([
      ['one ', null],
      ['two', 'a reason'],
      [' three', null],
    ]);
    expect(said('one', mark(0, 3))).toEqual([['one', 'a reason']]);
    expect(said('one two')).toEqual([['one two', null]]);
  });

  it('are merged if they overlap, with distinct reasons', () => {
    expect(said('abcdef', mark(1, 3, 'x'), mark(2, 5, 'y'), mark(2, 4, 'x'))).toEqual([
      ['a', null],
      ['bcde', 'x; y'],
      ['f', null],
    ]);
  });

  it('are dropped beyond the end of a shortened text', () => {
    expect(said('short', mark(3, 40), mark(-1, 2), mark(2, 2))).toEqual([['short', null]]);
  });
});

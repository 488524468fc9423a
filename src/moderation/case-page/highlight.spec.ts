import { describe, expect, it } from '@jest/globals';
import { highlighted } from './highlight.js';

const mark = (
  from: number,
  to: number,
  why = 'a reason',
): { rule: string; span: [number, number]; why: string } => ({ rule: 'r', span: [from, to], why });
const said = (text: string, ...signals: ReturnType<typeof mark>[]): [string, string | null][] =>
  highlighted(text, signals, ({ why }) => why).map((piece) => [piece.text, piece.why]);

describe('marked words', () => {
  it('stand in the text as it was written, which stays whole', () => {
    expect(said('one two three', mark(4, 7))).toEqual([
      ['one ', null],
      ['two', 'a reason'],
      [' three', null],
    ]);
    expect(said('one', mark(0, 3))).toEqual([['one', 'a reason']]);
    expect(said('one two')).toEqual([['one two', null]]);
  });

  it('become one where they overlap, with every reason once', () => {
    expect(said('abcdef', mark(1, 3, 'x'), mark(2, 5, 'y'), mark(2, 4, 'x'))).toEqual([
      ['a', null],
      ['bcde', 'x; y'],
      ['f', null],
    ]);
  });

  it('are left out where an edit made the text shorter', () => {
    expect(said('short', mark(3, 40), mark(-1, 2), mark(2, 2))).toEqual([['short', null]]);
  });
});

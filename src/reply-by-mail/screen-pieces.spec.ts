import { describe, expect, it } from '@jest/globals';
import { assessRisk } from '../triage/assess-risk.js';
import type { Tier } from '../triage/risk.js';
import type { Screened, Unscreened } from '../triage/screening.js';
import { screenPieces } from './screen-pieces.js';

const PLEA = 'I have decided to end my life tonight.';
const WORDS = 'I have been awake since four, and the kettle was good company. ';
const screen = (text: string): Screened => ({
  ...assessRisk(text, { writtenAs: 'reply' }),
  unscreened: null,
});
/** The tier of a piece, by classifier and rules, or why it was not screened. */
type Found = readonly [Tier, Tier] | Unscreened;

function screened(found: Found): Screened {
  const [tier, named] = typeof found === 'string' ? (['unknown', 'unknown'] as const) : found;
  const unscreened = typeof found === 'string' ? found : null;
  return { tier, named, signals: [], rulesVersion: 'none', unscreened };
}
const late = screened('screening-late');
const long = (before: number, after = ''): string =>
  `${WORDS.repeat(Math.ceil(before / WORDS.length)).slice(0, before - 1)} ${PLEA}${after}`;

describe('screenPieces', () => {
  // At the ends of the pieces, and far beyond the maximum length of a post.
  it.each([0, 18_990, 19_980, 37_990, 120_000])('finds a plea after %i signs', (before) => {
    const text = before === 0 ? PLEA : long(before, ` ${WORDS.repeat(30)}`);
    const { tier, signals } = screenPieces(text, screen);
    expect(['urgent', 'crisis']).toContain(tier);
    // The spans of signals refer to the whole text.
    expect(signals.some(({ span }) => PLEA.includes(text.slice(...span)))).toBe(true);
  });

  it('finds nothing in a harmless text', () => {
    expect(screenPieces(WORDS.repeat(900), screen)).toMatchObject({ tier: 'none', signals: [] });
  });

  it('requires a person if time runs out, unless danger was found', () => {
    let pieces = 0;
    const twice = (text: string): Screened => ((pieces += 1) > 2 ? late : screen(text));
    expect(screenPieces(long(90_000), twice)).toMatchObject({ unscreened: 'screening-late' });
    expect(pieces).toBe(3);
    pieces = 0;
    const found = screenPieces(`${PLEA} ${long(90_000)}`, twice);
    expect(['urgent', 'crisis']).toContain(found.tier);
  });

  it.each<[string, Found[], string]>([
    [
      'a crisis of its words',
      [
        ['crisis', 'none'],
        ['watch', 'watch'],
      ],
      'crisis',
    ],
    [
      'a watch of its words, and time runs out',
      [['watch', 'none'], 'screening-late'],
      'screening-late',
    ],
    [
      'another language, and a piece fails',
      ['language-not-screened', 'screening-failed'],
      'screening-failed',
    ],
    [
      'no piece that fails, where another names danger',
      ['screening-failed', ['urgent', 'none']],
      'urgent',
    ],
  ])('keeps the result of %s', (_what, pieces, kept) => {
    let count = 0;
    const { tier, unscreened } = screenPieces(long(30_000), () =>
      screened(pieces[count++] ?? 'screening-off'),
    );
    expect(count).toBe(2);
    expect(unscreened ?? tier).toBe(kept);
  });
});

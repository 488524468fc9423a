import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import { composeLetter, letterView, monthBefore, type MonthNote } from './look-back.js';

const note = (facts: Partial<MonthNote>): MonthNote => ({
  at: new Date('2026-10-05T20:00:00Z'),
  level: null,
  before: null,
  after: null,
  word: '',
  note: '',
  about: null,
  thing: null,
  ...facts,
});
const nobody = { replies: 0, thanks: 0 };
const i18n = new Translator(new Messages(), 'en', new Date('2026-11-02T08:00:00Z'));

describe('the monthly letter', () => {
  it('is not written without content', () => {
    expect(composeLetter([], nobody)).toBeNull();
    expect(composeLetter([], { replies: 0, thanks: 4 })).toBeNull();
  });

  it('quotes the hardest and the best days, three at most', () => {
    const days = [2, 3, 1, 0, 8, 5, 10].map((level) => note({ level, word: `w${level}` }));
    const facts = composeLetter(days, nobody);
    expect(facts?.hard.map(({ word }) => word)).toEqual(['w0', 'w1', 'w2']);
    expect(facts?.good.map(({ word }) => word)).toEqual(['w10', 'w8']);
  });

  it('lists only exercises after which the rating improved', () => {
    const facts = composeLetter(
      [
        note({ thing: 's1', about: 'A walk', before: 2, after: 6 }),
        note({ thing: 's1', about: 'A walk', before: 2, after: 4 }),
        note({ thing: 's2', about: 'A list', before: 5, after: 5 }),
      ],
      nobody,
    );
    expect(facts?.helped).toEqual([{ name: 'A walk', count: 2 }]);
    expect(facts?.tried).toEqual(['A walk', 'A list']);
  });

  it('summarises in plain words, without a score', () => {
    const facts = composeLetter(
      [
        note({ level: 1, word: 'heavy', note: 'The call.' }),
        note({ thing: 's1', about: 'A walk', before: 2, after: 6 }),
      ],
      { replies: 2, thanks: 1 },
    );
    if (facts === null) throw new Error('no letter');
    const view = letterView(facts, '2026-10-01', i18n);
    expect(view.title).toContain('October 2026');
    expect(view.hard).toEqual(['5 October 2026: heavy: The call.']);
    expect(view.helped[0]).toContain('A walk');
    expect(view.others.length).toBe(2);
    expect(view.keep).toContain('A walk');
  });

  it('covers the previous month, also in January', () => {
    expect(monthBefore(new Date('2027-01-01T00:30:00Z'))).toEqual({
      month: '2026-12-01',
      from: new Date('2026-12-01T00:00:00Z'),
      until: new Date('2027-01-01T00:00:00Z'),
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import type { OutcomeRow } from '../core/strategy-page.queries.js';
import { answerLines, outcomeLines } from './strategy-feedback.view.js';

const i18n = new Translator(new Messages(), 'en', new Date('2026-06-01T12:00:00Z'));
const row = (changes: Partial<OutcomeRow>): OutcomeRow => ({
  need: null,
  situation: null,
  people: 12,
  answered: 12,
  notForMe: 6,
  before: 3,
  after: 5.4,
  lower: 1,
  upper: 3,
  ...changes,
});
const lines = (...rows: OutcomeRow[]): string[] => outcomeLines(rows, i18n);

describe('ratings of a strategy', () => {
  it('are grouped by need and situation instead of overall', () => {
    const told = lines(row({ need: 'panic' }), row({ situation: 'night' }), row({ people: 40 }));
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/^panic.*: 12 people .* from 3 to 5\.5\./i);
    expect(told[1]).toMatch(/^Awake at night: 12 people/);
    expect(lines(row({ people: 40 }))[0]).toMatch(/^40 people/);
  });

  it('say a spread only where there is one', () => {
    expect(lines(row({}))[0]).toContain('Half changed by 1 to 3.');
    expect(lines(row({ lower: 2.9, upper: 3.1 }))[0]).toContain('Most changed by 3.');
  });

  it('leave out groups that this version does not know', () => {
    const overall = row({ people: 40 });
    const unknown = [row({ need: 'from-elsewhere' }), row({ situation: 'nowhere' })];
    expect(lines(...unknown, overall)).toEqual(lines(overall));
    expect(lines(...unknown, row({ need: 'panic' }))).toEqual(lines(row({ need: 'panic' })));
    const answers = [{ need: 'from-elsewhere', helped: 6, notForMe: 0 }];
    expect(answerLines(answers, i18n)).toHaveLength(1);
  });

  it.each([
    [4, 'Fewer than five of them said it was not for them.'],
    [0, 'Fewer than five of them said it was not for them.'],
    [6, '6 of them said it was not for them.'],
    [8, 'Most of them said it was not for them.'],
    [12, 'Most of them said it was not for them.'],
  ])('say how many it was not for, and no number that is small: %s', (notForMe, sentence) => {
    expect(lines(row({ notForMe }))[0]?.endsWith(sentence)).toBe(true);
  });

  it('are hidden if few answered', () => {
    expect(lines(row({ answered: 9, notForMe: 5 }))[0]).not.toContain('not for them');
  });
});

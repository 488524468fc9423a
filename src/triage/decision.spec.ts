import { describe, expect, it } from '@jest/globals';
import { decide } from './decision.js';
import type { Prediction } from './classifier.js';

const predicted = (
  tier: Prediction['tier'],
  likely: Prediction['likely'],
  wholeNone = likely[0],
): Prediction => ({
  tier,
  likely,
  wholeNone,
  weighed: [],
  words: 40,
  long: false,
});
const SURE = predicted('crisis', [0.01, 0.01, 0.01, 0.97]);

describe('classifier and rules combined', () => {
  it('the classifier alone orders the queue and names nothing', () => {
    expect(decide({ byRules: 'none', byNames: 'none', places: 0 }, SURE)).toEqual({
      tier: 'crisis',
      named: 'none',
    });
  });

  it('a few words alone are a crisis only if it is grave', () => {
    const nothing = { byRules: 'watch', byNames: 'none', places: 0 } as const;
    const doubtful = predicted('crisis', [0.22, 0.02, 0.03, 0.73]);
    const grave = predicted('crisis', [0.1, 0.02, 0.03, 0.85]);
    const told = (prediction: Prediction, words: number): string =>
      decide(nothing, { ...prediction, words }).tier;
    expect(told(doubtful, 12)).toBe('urgent');
    expect(told(doubtful, 40)).toBe('crisis');
    expect(told(grave, 12)).toBe('crisis');
    const hint = { byRules: 'crisis', byNames: 'none', places: 1 } as const;
    expect(decide(hint, { ...doubtful, words: 12 }).tier).toBe('crisis');
  });

  it('the classifier never raises `named` above the rules', () => {
    expect(decide({ byRules: 'watch', byNames: 'watch', places: 0 }, SURE)).toEqual({
      tier: 'crisis',
      named: 'watch',
    });
  });

  it('a confirmed hint is a crisis in the queue but only watch for the author', () => {
    expect(decide({ byRules: 'crisis', byNames: 'none', places: 1 }, SURE)).toEqual({
      tier: 'crisis',
      named: 'watch',
    });
  });

  it('two hints in different places count as named', () => {
    expect(decide({ byRules: 'crisis', byNames: 'none', places: 2 }, SURE)).toEqual({
      tier: 'crisis',
      named: 'crisis',
    });
  });

  it('the classifier confirms or contradicts a named danger', () => {
    expect(decide({ byRules: 'crisis', byNames: 'crisis', places: 1 }, SURE)).toEqual({
      tier: 'crisis',
      named: 'crisis',
    });
    expect(
      decide(
        { byRules: 'urgent', byNames: 'urgent', places: 1 },
        predicted('none', [0.97, 0.01, 0.01, 0.01]),
      ),
    ).toEqual({ tier: 'none', named: 'none' });
  });

  it('a single hint is no crisis, combined hints are', () => {
    const prediction = predicted('urgent', [0.3, 0.05, 0.3, 0.35]);
    const hint = { byRules: 'crisis', byNames: 'none', places: 1 } as const;
    expect(decide(hint, prediction)).toEqual({ tier: 'urgent', named: 'watch' });
    expect(decide({ ...hint, together: true }, prediction).tier).toBe('crisis');
    const likely = predicted('urgent', [0.47, 0, 0.02, 0.51]);
    expect(decide(hint, likely).tier).toBe('urgent');
    expect(decide(hint, predicted('urgent', [0.2, 0.2, 0.09, 0.51])).tier).toBe('crisis');
  });

  it('a match in an answer is watch unless the classifier confirms it', () => {
    const findings = { byRules: 'urgent', byNames: 'urgent', places: 1 } as const;
    const doubtful = predicted('urgent', [0.4, 0.15, 0.25, 0.2]);
    expect(decide(findings, doubtful).tier).toBe('urgent');
    expect(decide(findings, doubtful, 'answer')).toEqual({ tier: 'watch', named: 'watch' });
    expect(decide(findings, SURE, 'answer').tier).toBe('crisis');
    const hint = { byRules: 'crisis', byNames: 'none', places: 1 } as const;
    const likely = predicted('urgent', [0.2, 0.1, 0.15, 0.55]);
    expect(decide(hint, likely).tier).toBe('crisis');
    expect(decide(hint, likely, 'answer')).toEqual({ tier: 'watch', named: 'watch' });
  });

  it('a named crisis counts in an answer', () => {
    const findings = { byRules: 'crisis', byNames: 'crisis', places: 1 } as const;
    const doubtful = predicted('urgent', [0.5, 0.1, 0.2, 0.2]);
    expect(decide(findings, doubtful, 'answer')).toEqual({ tier: 'crisis', named: 'crisis' });
  });

  it('a named crisis is dropped only in an answer that is clearly helpful', () => {
    const findings = { byRules: 'crisis', byNames: 'crisis', places: 1 } as const;
    const helpful = predicted('urgent', [0.4, 0.1, 0.3, 0.2], 0.9);
    expect(decide(findings, helpful, 'answer')).toEqual({ tier: 'watch', named: 'watch' });
    for (const kind of ['reply', 'opening'] as const)
      expect(decide(findings, helpful, kind)).toEqual({ tier: 'crisis', named: 'crisis' });
    const urgent = { byRules: 'urgent', byNames: 'urgent', places: 1 } as const;
    const sure = predicted('urgent', [0.1, 0.1, 0.8, 0], 0.9);
    expect(decide(urgent, sure).tier).toBe('urgent');
    expect(decide(urgent, sure, 'answer').tier).toBe('watch');
    const grave = predicted('urgent', [0.4, 0.1, 0.3, 0.2], 0.5);
    expect(decide(findings, grave, 'answer')).toEqual({ tier: 'crisis', named: 'crisis' });
  });

  it('a named crisis is at least urgent unless the classifier is nearly sure that it is ordinary', () => {
    const rule = { byRules: 'crisis', byNames: 'crisis', places: 1 } as const;
    const at = (none: number): Prediction => predicted('none', [none, 0, 0, 1 - none]);
    expect(decide(rule, at(0.89)).named).toBe('urgent');
    expect(decide(rule, at(0.93)).named).toBe('none');
    expect(decide({ ...rule, byRules: 'urgent', byNames: 'urgent' }, at(0.93)).named).toBe('none');
  });

  it('a named crisis in a long text counts only if the classifier finds danger, too', () => {
    const rule = { byRules: 'crisis', byNames: 'crisis', places: 1 } as const;
    const likely = predicted('watch', [0.4, 0.2, 0.1, 0.3]);
    expect(decide(rule, likely).named).toBe('urgent');
    expect(decide(rule, { ...likely, long: true }).named).toBe('watch');
    expect(decide(rule, { ...likely, tier: 'urgent', long: true }).named).toBe('crisis');
    const sure = predicted('watch', [0.3, 0.1, 0.1, 0.5]);
    expect(decide(rule, { ...sure, long: true }).named).toBe('crisis');
    const urgent = predicted('watch', [0.12, 0.01, 0.86, 0.01]);
    expect(decide(rule, { ...urgent, long: true }).named).toBe('crisis');
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Signal, Tier } from '../triage/risk.js';
import type { Screening } from '../triage/screening.js';
import { crisisHelpFor } from './crisis-help.js';

function saying(tier: Tier, ...rules: string[]): Screening {
  const signals: Signal[] = rules.map((rule) => ({ rule, span: [0, 1], why: '' }));
  return {
    screen: () => ({ tier, signals, rulesVersion: 'test', unscreened: null }),
  } as unknown as Screening;
}

describe('help comes first', () => {
  it('where a topic is named, whatever the rules say', () => {
    for (const q of ['suicidal', 'Self-harm', 'self harm recovery', 'how to stop wanting to die'])
      expect([q, crisisHelpFor(q, saying('none'))]).toEqual([q, true]);
  });

  it('where a rule names what somebody writes', () => {
    expect(crisisHelpFor('a word', saying('urgent', 'suicide.passive'))).toBe(true);
    expect(crisisHelpFor('a word', saying('watch', 'low.hopeless'))).toBe(false);
    expect(crisisHelpFor('a word', saying('none'))).toBe(false);
  });

  it('where the wording alone suggests it only in a text, not for a word or two', () => {
    expect(crisisHelpFor('night', saying('crisis', 'wording.crisis'))).toBe(false);
    expect(crisisHelpFor('six words of text and more', saying('crisis', 'wording.crisis'))).toBe(
      true,
    );
  });

  it('for nobody who asked nothing', () => {
    expect(crisisHelpFor('', saying('crisis', 'suicide.intent'))).toBe(false);
  });
});

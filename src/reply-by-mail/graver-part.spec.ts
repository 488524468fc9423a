import { describe, expect, it } from '@jest/globals';
import type { CaseTier } from '../triage/risk.js';
import { isGraverPart } from './graver-part.js';

function isGraver(part: CaseTier, rest: CaseTier): { graver: boolean; screened: string[] } {
  const tiers: Record<string, CaseTier> = { part, rest };
  const screened: string[] = [];
  const graver = isGraverPart('part', 'rest', (text) => {
    screened.push(text);
    const tier = tiers[text] ?? 'unknown';
    return { tier, named: tier };
  });
  return { graver, screened };
}

describe('isGraverPart', () => {
  it.each<[CaseTier, CaseTier, boolean]>([
    ['crisis', 'none', true],
    ['crisis', 'urgent', true],
    ['watch', 'none', true],
    ['urgent', 'urgent', false],
    ['urgent', 'crisis', false],
  ])('for %s beside %s is %s', (part, rest, graver) => {
    expect(isGraver(part, rest)).toEqual({ graver, screened: ['part', 'rest'] });
  });

  it.each<CaseTier>(['none', 'unknown'])('of %s costs no screening of the rest', (part) => {
    expect(isGraver(part, 'none')).toEqual({ graver: false, screened: ['part'] });
  });

  it('ignores a watch that only the classifier found', () => {
    const tiers = { tier: 'watch', named: 'none' } as const;
    expect(isGraverPart('part', 'rest', () => tiers)).toBe(false);
  });

  it('does not count the classifier where the rest names the same danger', () => {
    const whole = { tier: 'urgent', named: 'watch' } as const;
    const graver = (named: CaseTier): boolean =>
      isGraverPart('part', 'rest', (text) => (text === 'part' ? whole : { tier: 'watch', named }));
    expect([graver('watch'), graver('none')]).toEqual([false, true]);
  });
});
